using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Workflows.Benchmarks.Measures;
using Orleans.Workflows.Benchmarks.Processes;
using Orleans.Workflows.Benchmarks.Targets;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Benchmarks.Scale;

/// <summary>
/// A steady mixed load for a long time: steps, timers in memory and out of it, signals, children. Ended processes are
/// purged after a minute. Does anything grow?
/// </summary>
internal sealed class Soak : IScaleScenario
{
    private const int MostUnderWay = 20_000;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public string Name => "soak";

    /// <inheritdoc/>
    public async Task RunAsync(
        ScaleOptions options,
        Database database,
        Findings findings,
        TextWriter errors,
        CancellationToken cancellationToken)
    {
        var length = options.Choose(options.For, TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(8));
        var rate = options.Choose(options.Rate, 100, 20);
        var every = options.Quick ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(5);
        await using var sql = new ScaleDatabase(database.ConnectionString);
        await using var target = await TargetFactory.StartAsync(
            StoreKind.Postgres,
            database.ConnectionString,
            cancellationToken);
        var (client, store) = (
            target.Services.GetRequiredService<IProcessClient>(),
            target.Services.GetRequiredService<IProcessStore>());
        var (latencies, ended, failed) = (new TimedLatencies(), 0, 0);
        var loop = new OpenLoop(rate, MostUnderWay, ActAsync);
        var load = loop.RunAsync(length, cancellationToken);
        var trends = new Trends();
        var (began, sampled, before) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp(), 0);
        using var timer = new PeriodicTimer(every, TimeProvider.System);
        while (!load.IsCompleted && await timer.WaitForNextTickAsync(cancellationToken))
        {
            while (await store.PurgeAsync(TimeProvider.System.GetUtcNow() - Kept, limit: 100, cancellationToken) > 0)
            {
            }

            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var (done, since) = (Volatile.Read(ref ended), Stopwatch.GetElapsedTime(sampled).TotalSeconds);
            sampled = Stopwatch.GetTimestamp();
            var sorted = latencies.Take();
            trends.Add("live heap after a collection, MiB", seconds, SiloMemory.Collected().HeapMiB);
            trends.Add("resident memory, MiB", seconds, SiloMemory.Read().ResidentMiB);
            trends.Add("latency p50 of 5 steps, ms", seconds, Percentile.Of(sorted, 0.5));
            trends.Add("latency p99 of 5 steps, ms", seconds, Percentile.Of(sorted, 0.99));
            trends.Add("processes ended per second", seconds, (done - before) / since);
            trends.Add("processes under way", seconds, loop.UnderWay);
            before = done;
            foreach (var (what, query) in Queries)
            {
                trends.Add(what, seconds, await sql.ReadAsync(query, cancellationToken));
            }

            errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"soak: {seconds:N0} s: {trends.Last}"));
        }

        await load;
        findings.Note(
            "load",
            $"{rate:N0} processes/s for {length.TotalMinutes:N1} min: {loop.Begun:N0}, of which {loop.LeftOut:N0} were "
            + $"left out; {ended:N0} have ended");
        findings.Note("mix", "40 % of 5 steps, 20 % timers of 1 to 15 s, 30 % signals, 10 % parents of 3");

        // The first third does not count: code is compiled twice, tables grow to their size, the heap finds its own.
        trends.NoteIn(findings, warmUp: options.Quick ? 0 : length.TotalSeconds / 3);
        findings.Require(
            "all that was begun ended well",
            await loop.SettleAsync(TimeSpan.FromSeconds(60), cancellationToken) && failed == 0);
        findings.Require(
            "nothing is left that should have moved",
            await sql.ReadAsync(
                "SELECT count(*) FROM process WHERE finished_at IS NULL AND owner IS NOT NULL OR due_at < now()",
                cancellationToken) == 0);

        async Task ActAsync(int index)
        {
            try
            {
                var start = Stopwatch.GetTimestamp();
                await ActOneAsync(client, index, cancellationToken);
                Interlocked.Increment(ref ended);
                if (index % 10 < 4)
                {
                    latencies.Note(start);
                }
            }
            catch (WorkflowException e)
            {
                Interlocked.Increment(ref failed);
                errors.WriteLine($"soak: {e.Message}");
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The benchmark is ended.
            }
        }
    }

    private static IReadOnlyList<(string What, string Query)> Queries { get; } =
    [
        ("rows of live processes", "SELECT count(*) FROM process WHERE finished_at IS NULL"),
        ("rows of processes", "SELECT count(*) FROM process"),
        ("rows of history", "SELECT count(*) FROM history"),
        ("rows of inbox", "SELECT count(*) FROM inbox"),
        ("dead tuples of process", "SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname = 'process'"),
        ("dead tuples of history", "SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname = 'history'"),
        ("dead tuples of inbox", "SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname = 'inbox'"),
        ("size of process with its indexes, MiB", "SELECT pg_total_relation_size('process') / 1048576.0"),
        ("size of history with its index, MiB", "SELECT pg_total_relation_size('history') / 1048576.0"),
    ];

    private static async Task ActOneAsync(IProcessClient client, int index, CancellationToken cancellationToken)
    {
        switch (index % 10)
        {
            case < 4:
                await client.ExecuteAsync(
                    BenchmarkTypes.Hello,
                    new HelloInput(5, BenchmarkTypes.Carried),
                    cancellationToken: cancellationToken);
                break;
            case < 6:
                // Some longer than a process that waits stays in memory. A client that waits would keep it there, so
                // nobody does at first.
                var milliseconds = 1_000 + (index * 7_919L % 14_000);
                var rings = await client.StartAsync(
                    BenchmarkTypes.Rings,
                    new RingsInput(milliseconds, BenchmarkTypes.Carried),
                    cancellationToken: cancellationToken);
                await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, cancellationToken);
                await rings.GetResultAsync(cancellationToken);
                break;
            case < 9:
                var waits = await client.StartAsync(
                    BenchmarkTypes.Waits,
                    new WaitsInput(BenchmarkTypes.Carried),
                    cancellationToken: cancellationToken);
                await Task.Delay(
                    TimeSpan.FromMilliseconds(500 + (index * 7_919L % 2_500)),
                    TimeProvider.System,
                    cancellationToken);
                await waits.SignalAsync(Waits.Signal, BenchmarkTypes.Carried, cancellationToken: cancellationToken);
                await waits.GetResultAsync(cancellationToken);
                break;
            default:
                await client.ExecuteAsync(
                    BenchmarkTypes.Brings,
                    new BringsInput(3),
                    cancellationToken: cancellationToken);
                break;
        }
    }
}
