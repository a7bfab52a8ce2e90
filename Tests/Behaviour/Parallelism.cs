// Most tests wait, for a silo that is replaced, a supervisor or the store: four at a time cost little more than one.
[assembly: Xunit.v3.Parallelization(MaxThreads = 4)]
