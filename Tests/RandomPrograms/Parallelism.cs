// The campaign measures how many programs fit in its time; the other tests would take that away from it.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
