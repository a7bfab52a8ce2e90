namespace Orleans.Workflows.Benchmarks.Reporting;

/// <summary>One kind of figure.</summary>
/// <param name="Key">Its name in JSON.</param>
/// <param name="Title">Its name in tables.</param>
/// <param name="Decimals">How many decimals tables show.</param>
internal sealed record Figure(string Key, string Title, int Decimals)
{
    /// <summary>All kinds, in the order of tables.</summary>
    public static IReadOnlyList<Figure> All { get; } =
    [
        new("processesPerSecond", "processes/s", 0),
        new("stepsPerSecond", "steps/s", 0),
        new("stepsPerFloor", "steps/s : floor", 2),
        new("latencyP50Ms", "latency p50, ms", 2),
        new("latencyP95Ms", "latency p95, ms", 2),
        new("latencyP99Ms", "latency p99, ms", 2),
        new("latencyMaxMs", "latency max, ms", 2),
        new("siloCpuMsPerProcess", "silo CPU, ms/process", 3),
        new("databaseCpuMsPerProcess", "PostgreSQL CPU, ms/process", 3),
        new("clientCpuMsPerProcess", "client CPU, ms/process", 3),
        new("otherCpus", "CPUs that other programs used", 2),
        new("commitsPerStep", "process commits/step", 3),
        new("commitsPerProcess", "process commits/process", 3),
        new("writeTransactionsPerStep", "write transactions/step", 4),
        new("walBytesPerStep", "WAL bytes/step", 0),
        new("batchItemsMean", "batch size, mean", 1),
        new("batchItemsP50", "batch size, p50", 0),
        new("batchItemsP95", "batch size, p95", 0),
        new("batchItemsMax", "batch size, max", 0),
        new("batchMsMean", "batch duration mean, ms", 2),
        new("batchMsP95", "batch duration p95, ms", 2),
        new("allocatedKiBPerProcess", "silo allocated, KiB/process", 1),
        new("gcPauseShare", "silo paused by GC, share", 4),
        new("collections", "collections", 0),
        new("fullCollections", "collections, full", 0),
        new("seconds", "seconds", 2),
    ];
}
