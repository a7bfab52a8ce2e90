using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Workflows.Benchmarks.Processes;
using Orleans.Workflows.Benchmarks.Targets;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Supervision;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.Benchmarks.Scale;

/// <summary>
/// A silo with a hundred thousand running processes dies, and the one that is left takes them over, beside other work:
/// new processes and timers. How long does it take, and what does the other work notice?
/// </summary>
internal sealed class Recovery : IScaleScenario
{
    private const int TimersPerSecond = 20;
    private const int MostOfOthers = 10_000;
    private const int HistorySeconds = 900;

    /// <inheritdoc/>
    public string Name => "recovery";

    /// <inheritdoc/>
    public async Task RunAsync(
        ScaleOptions options,
        Database database,
        Findings findings,
        TextWriter errors,
        CancellationToken cancellationToken)
    {
        var count = options.Choose(options.Count, 100_000, 2_000);
        var rate = options.Choose(options.Rate, 50, 20);
        var calm = options.Choose(options.For, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(3));
        var name = string.Create(CultureInfo.InvariantCulture, $"{Guid.CreateVersion7():N}");
        var (orphans, timers) = ($"orphan-{name}-", $"timer-{name}-");
        var timerCount = options.Quick ? TimersPerSecond * 60 : TimersPerSecond * HistorySeconds;
        var lags = new WakeLags(timers, timerCount);
        var (resumed, ended) = (0, 0);
        await using var sql = new ScaleDatabase(database.ConnectionString);
        await using var load = await BulkLoad.OpenAsync(database.ConnectionString, cancellationToken);
        await using var target = await TargetFactory.StartAsync(
            StoreKind.Postgres,
            database.ConnectionString,
            cancellationToken,
            host => Observing.Add(host, Committed));

        errors.WriteLine($"recovery: loading {count:N0} running processes and {timerCount:N0} timers");
        await load.RunningAsync(orphans, count, cancellationToken);
        var from = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(5 + (timerCount / 2_000));
        await load.WaitingAsync(timers, 0, timerCount, DueAt, cancellationToken);
        await sql.TidyAsync(cancellationToken);

        var latencies = new TimedLatencies();
        var client = target.Services.GetRequiredService<IProcessClient>();
        var failed = 0;
        var others = new OpenLoop(rate, MostOfOthers, RunOneAsync);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var foreground = others.RunAsync(TimeSpan.FromSeconds(HistorySeconds), stop.Token);
        await Task.Delay(
            calm + (from > TimeProvider.System.GetUtcNow() ? from - TimeProvider.System.GetUtcNow() : TimeSpan.Zero),
            TimeProvider.System,
            cancellationToken);

        var (calmFrom, died, timersBefore) = (
            Stopwatch.GetTimestamp() - (long)(calm.TotalSeconds * Stopwatch.Frequency),
            Stopwatch.GetTimestamp(),
            Rung());
        await sql.ExecuteAsync(
            $"UPDATE process SET paused = false, owner = '{BulkLoad.DeadOwner}' WHERE id LIKE '{orphans}%'",
            cancellationToken);
        await NotePlanAsync(findings, sql);
        var told = Stopwatch.GetTimestamp();
        foreach (var key in SupervisorKey.Set(new WorkflowOptions().Supervisors))
        {
            // As each silo does when the membership says that another is dead.
            await target
                .Services.GetRequiredService<IGrainFactory>()
                .GetGrain<ISupervisorGrain>(key.Value)
                .ScanAsync(ownersToo: true);
        }

        var (resident, underWay) = await WatchAsync(
            () => Volatile.Read(ref resumed),
            () => Volatile.Read(ref ended),
            count,
            told,
            errors,
            cancellationToken);
        var (over, timersAfter) = (Stopwatch.GetTimestamp(), Rung());
        await Task.Delay(calm, TimeProvider.System, cancellationToken);
        await stop.CancelAsync();
        await foreground;
        var settled = await others.SettleAsync(TimeSpan.FromSeconds(60), cancellationToken);

        findings.Note("running processes of the dead silo", count);
        findings.Note("time to all resumed", Stopwatch.GetElapsedTime(told, over).TotalSeconds, "s", decimals: 1);
        findings.Note("resumed per second", count / Stopwatch.GetElapsedTime(told, over).TotalSeconds);
        findings.Note("resumed and not yet ended, at most", underWay);
        findings.Note("resident memory at most", resident, "MiB");
        findings.Note(
            "other work",
            $"{rate:N0} processes of 5 steps started per second, {TimersPerSecond} timers per second");
        findings.NoteLatencies("other processes, start to result, before", latencies.Between(calmFrom, died));
        findings.NoteLatencies(
            "other processes, start to result, while they are resumed",
            latencies.Between(told, over));
        findings.NoteLatencies("other processes, start to result, after", latencies.Between(over));
        findings.NoteLatencies("lag of timers, before", lags.Done(0, timersBefore));
        findings.NoteLatencies("lag of timers, while they are resumed", lags.Done(timersBefore, timersAfter));
        findings.Require("every other process has ended well", settled && failed == 0 && others.LeftOut == 0);
        findings.Require(
            "every process of the dead silo was resumed once, and has ended",
            await sql.ReadAsync(
                $"SELECT count(*) FROM process WHERE id LIKE '{orphans}%' AND state = 3 AND version = 3",
                cancellationToken) == count);

        // The rest of the timers is of no use to whatever is measured on the same database next.
        await sql.ExecuteAsync(
            $"DELETE FROM process WHERE id LIKE '{timers}%' AND due_at IS NOT NULL",
            cancellationToken);

        void Committed(ProcessRow row)
        {
            lags.Committed(row);
            if (row.Id.Value.StartsWith(orphans, StringComparison.Ordinal))
            {
                Interlocked.Increment(ref row.Version == 2 ? ref resumed : ref ended);
            }
        }

        DateTimeOffset DueAt(int index)
        {
            var at = from + TimeSpan.FromMilliseconds(1_000L * index / TimersPerSecond);
            lags.Expect(index, at);
            return at;
        }

        int Rung() =>
            Math.Clamp((int)((TimeProvider.System.GetUtcNow() - from).TotalSeconds * TimersPerSecond), 0, timerCount);

        async Task RunOneAsync(int index)
        {
            try
            {
                var began = Stopwatch.GetTimestamp();
                var process = await client.StartAsync(
                    BenchmarkTypes.Hello,
                    new HelloInput(5, BenchmarkTypes.Carried),
                    cancellationToken: cancellationToken);
                await process.GetResultAsync(cancellationToken);
                latencies.Note(began);
            }
            catch (WorkflowException e)
            {
                Interlocked.Increment(ref failed);
                errors.WriteLine($"recovery: another process: {e.Message}");
            }
        }
    }

    private static async Task<(double Resident, int UnderWay)> WatchAsync(
        Func<int> resumed,
        Func<int> ended,
        int count,
        long began,
        TextWriter errors,
        CancellationToken cancellationToken)
    {
        var (resident, underWay, said) = (0.0, 0, 0L);
        var limit = TimeSpan.FromSeconds(60 + (count / 100));
        while (resumed() < count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
            (resident, underWay) = (
                Math.Max(resident, SiloMemory.Read().ResidentMiB),
                Math.Max(underWay, resumed() - ended()));
            if (Stopwatch.GetElapsedTime(said) > TimeSpan.FromSeconds(1))
            {
                said = Stopwatch.GetTimestamp();
                errors.WriteLine($"recovery: {resumed():N0} of {count:N0} resumed, {ended():N0} ended");
            }

            if (Stopwatch.GetElapsedTime(began) > limit)
            {
                throw new BenchmarkException(
                    $"{resumed():N0} of {count:N0} processes were resumed after {limit.TotalSeconds:N0} s.");
            }
        }

        while (ended() < count && Stopwatch.GetElapsedTime(began) < limit)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }

        return (resident, underWay);
    }

    private static async Task NotePlanAsync(Findings findings, ScaleDatabase sql)
    {
        var plan = await sql.ExplainAsync(
            ProcessReads.OwnedSql,
            "SET LOCAL enable_seqscan = off",
            [BulkLoad.DeadOwner, "", 0, (SliceRange.Slices / 4) - 1, 256]);
        findings.Note("scan for what a silo owns, first page", plan.ToString());
        findings.Require("scan for what a silo owns: by the index process_owner", plan.IsBy("process_owner"));
    }
}
