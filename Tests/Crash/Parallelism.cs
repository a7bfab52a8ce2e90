// Most tests of members wait for a failure to be detected: three at a time cost little more than one. What measures
// times, or needs both cores, is in the collection Alone.
[assembly: Xunit.v3.Parallelization(MaxThreads = 3)]
