using System.Diagnostics;
using Orleans.Workflows.Benchmarks.Load;
using Orleans.Workflows.Benchmarks.Reporting;

namespace Orleans.Workflows.Benchmarks.Measures;

/// <summary>Measures one run: read before and after, and turned into figures.</summary>
internal sealed class RunMeter
{
    private readonly DatabaseMeter? _database;
    private readonly BatchMeter _batches;
    private readonly DatabaseCounters? _counters;
    private readonly TimeSpan _cpu = Environment.CpuUsage.TotalTime;
    private readonly double? _machine = MachineCpu.Busy();
    private readonly long _allocated = GC.GetTotalAllocatedBytes();
    private readonly TimeSpan _paused = GC.GetTotalPauseDuration();
    private readonly (int Young, int Full) _collections = (GC.CollectionCount(0), GC.CollectionCount(2));
    private readonly long _began = Stopwatch.GetTimestamp();

    private RunMeter(DatabaseMeter? database, BatchMeter batches, DatabaseCounters? counters)
    {
        _database = database;
        _batches = batches;
        _counters = counters;
        batches.Take();
    }

    /// <summary>Reads everything before a run, with the garbage of the run before collected.</summary>
    /// <param name="database">The database; null for none.</param>
    /// <param name="batches">The batches.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The meter.</returns>
    public static async Task<RunMeter> StartAsync(
        DatabaseMeter? database,
        BatchMeter batches,
        CancellationToken cancellationToken)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return new RunMeter(database, batches, database is null ? null : await database.ReadAsync(cancellationToken));
    }

    /// <summary>Reads everything after the run.</summary>
    /// <param name="plan">What was done.</param>
    /// <param name="result">What the client measured.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The figures.</returns>
    public async Task<RunFigures> StopAsync(LoadPlan plan, LoadResult result, CancellationToken cancellationToken)
    {
        var elapsed = Stopwatch.GetElapsedTime(_began).TotalSeconds;
        var silo = (Environment.CpuUsage.TotalTime - _cpu).TotalSeconds;
        var machine = MachineCpu.Busy() - _machine;
        var allocated = GC.GetTotalAllocatedBytes() - _allocated;
        var paused = (GC.GetTotalPauseDuration() - _paused).TotalSeconds;
        var (young, full) = (GC.CollectionCount(0) - _collections.Young, GC.CollectionCount(2) - _collections.Full);
        var counters = _database is null
            ? null
            : (await _database.ReadAsync(cancellationToken)).Since(_counters!, _database.Background, elapsed);

        var figures = new RunFigures();
        NoteSpeed(figures, plan, result);
        figures.Note("siloCpuMsPerProcess", silo * 1_000 / plan.Count);
        figures.Note("databaseCpuMsPerProcess", counters?.CpuSeconds * 1_000 / plan.Count);
        figures.Note("clientCpuMsPerProcess", result.CpuSeconds * 1_000 / plan.Count);
        figures.Note("otherCpus", (machine - silo - (counters?.CpuSeconds ?? 0) - (result.CpuSeconds ?? 0)) / elapsed);
        figures.Note("writeTransactionsPerStep", counters?.Writes / plan.Units);
        figures.Note("walBytesPerStep", counters?.WalBytes / plan.Units);
        figures.Note("allocatedKiBPerProcess", allocated / 1_024.0 / plan.Count);
        figures.Note("gcPauseShare", paused / elapsed);
        figures.Note("collections", young);
        figures.Note("fullCollections", full);
        NoteBatches(figures);
        return figures;
    }

    private static void NoteSpeed(RunFigures figures, LoadPlan plan, LoadResult result)
    {
        Array.Sort(result.LatenciesMs);
        figures.Note("seconds", result.Seconds);
        figures.Note("processesPerSecond", plan.Count / result.Seconds);
        figures.Note("stepsPerSecond", plan.Steps > 0 ? (double)plan.Count * plan.Steps / result.Seconds : null);
        figures.Note("latencyP50Ms", Percentile.Of(result.LatenciesMs, 0.50));
        figures.Note("latencyP95Ms", Percentile.Of(result.LatenciesMs, 0.95));
        figures.Note("latencyP99Ms", Percentile.Of(result.LatenciesMs, 0.99));
        figures.Note("latencyMaxMs", Percentile.Of(result.LatenciesMs, 1));
    }

    private void NoteBatches(RunFigures figures)
    {
        var (items, milliseconds) = _batches.Take();
        if (items.Count > 0)
        {
            figures.Note("batchItemsMean", items.Average());
            figures.Note("batchItemsP50", Percentile.Of(items, 0.50));
            figures.Note("batchItemsP95", Percentile.Of(items, 0.95));
            figures.Note("batchItemsMax", items[^1]);
            figures.Note("batchMsMean", milliseconds.Average());
            figures.Note("batchMsP95", Percentile.Of(milliseconds, 0.95));
        }
    }
}
