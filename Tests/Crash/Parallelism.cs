// Each test starts silos of its own and measures time; beside one another they would only measure the machine.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
