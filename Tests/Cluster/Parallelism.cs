// Most tests wait, for timers or the store: four at a time cost little more than one.
[assembly: Xunit.v3.Parallelization(MaxThreads = 4)]
