using System.Diagnostics;
using System.Globalization;
using Orleans.Workflows.Benchmarks.Targets;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.Benchmarks.Scale;

/// <summary>
/// A million processes wait; some thousands become due each second for some minutes. What does it cost, and how late
/// are they?
/// </summary>
internal sealed class Waiting : IScaleScenario
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public string Name => "waiting";

    /// <inheritdoc/>
    public async Task RunAsync(
        ScaleOptions options,
        Database database,
        Findings findings,
        TextWriter errors,
        CancellationToken cancellationToken)
    {
        var count = options.Choose(options.Count, 1_000_000, 2_000);
        var rate = options.Choose(options.Rate, 2_000, 200);
        var due = Math.Min(count, options.Choose(options.Due, 120 * rate, 400));
        var prefix = string.Create(CultureInfo.InvariantCulture, $"waiting-{Guid.CreateVersion7():N}-");
        var lags = new WakeLags(prefix, due);
        await using var sql = new ScaleDatabase(database.ConnectionString);
        await using var target = await TargetFactory.StartAsync(
            StoreKind.Postgres,
            database.ConnectionString,
            cancellationToken,
            host => Observing.Add(host, lags.Committed));
        await Task.Delay(options.Quick ? TimeSpan.FromSeconds(1) : Settle, TimeProvider.System, cancellationToken);
        var (before, reminders) = (SiloMemory.Collected(), await RemindersAsync(sql, cancellationToken));

        await using (var load = await BulkLoad.OpenAsync(database.ConnectionString, cancellationToken))
        {
            errors.WriteLine($"waiting: loading {count - due:N0} processes that wait for days");
            var days = TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(2);
            var perSecond = await load.WaitingAsync(
                prefix,
                due,
                count - due,
                index => days + TimeSpan.FromMilliseconds(index),
                cancellationToken);
            await sql.TidyAsync(cancellationToken);
            findings.Note("processes that wait", count);
            findings.Note("loaded by the store's own commits, a start and a step each", perSecond, "processes/s");
            NoteMemory(findings, before, count - due);

            var from = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(5 + (1.5 * due / perSecond));
            from = new DateTimeOffset(from.Ticks - (from.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
            errors.WriteLine($"waiting: loading {due:N0} that become due from {from:HH:mm:ss} on, {rate:N0}/s");
            await load.WaitingAsync(prefix, 0, due, index => DueAt(lags, from, index, rate), cancellationToken);
            if (TimeProvider.System.GetUtcNow() > from)
            {
                throw new BenchmarkException(
                    "Loading what becomes due took longer than it had; the machine is busy. Run it again, or with "
                    + "fewer by --due.");
            }

            await NotePlanAsync(findings, sql, "due scan, first page of 256 due", from.AddSeconds(60));
            await NotePlanAsync(findings, sql, "due scan, nothing due", from.AddDays(-1));
            await RingAsync(lags, from, due, rate, findings, errors, cancellationToken);
        }

        await NotePlanAsync(findings, sql, "due scan after the wakes, nothing due", TimeProvider.System.GetUtcNow());
        findings.Note("memory after the wakes", SiloMemory.Collected().ToString());
        findings.Note(
            "rows of reminders before, after",
            $"{reminders:N0}, {await RemindersAsync(sql, cancellationToken):N0}");
        findings.Require(
            "the number of reminders is that of the supervisors",
            await RemindersAsync(sql, cancellationToken) == new WorkflowOptions().Supervisors);
        findings.Require(
            "nothing is left that is due",
            await sql.ReadAsync("SELECT count(*) FROM process WHERE due_at < now()", cancellationToken) == 0);
        foreach (var table in new[] { "process", "process_due", "history" })
        {
            findings.Note(
                $"size of {table}",
                await sql.ReadAsync($"SELECT pg_relation_size('{table}')", cancellationToken) / 1_048_576,
                "MiB");
        }

        findings.Note(
            "size of all tables and indexes",
            await sql.ReadAsync("SELECT pg_database_size(current_database())", cancellationToken) / 1_048_576,
            "MiB");
    }

    private static DateTimeOffset DueAt(WakeLags lags, DateTimeOffset from, int index, int rate)
    {
        // To the millisecond, as the row has it.
        var at = from + TimeSpan.FromMilliseconds(1_000L * index / rate);
        lags.Expect(index, at);
        return at;
    }

    private static void NoteMemory(Findings findings, SiloMemory before, int count)
    {
        var after = SiloMemory.Collected();
        findings.Note("memory of the silo before the load", before.ToString());
        findings.Note("memory of the silo while they wait, loader included", after.ToString());
        findings.Note(
            "live heap per waiting process",
            (after.HeapMiB - before.HeapMiB) * 1_048_576 / count,
            "bytes",
            decimals: 1);
    }

    private static async Task RingAsync(
        WakeLags lags,
        DateTimeOffset from,
        int due,
        int rate,
        Findings findings,
        TextWriter errors,
        CancellationToken cancellationToken)
    {
        await Task.Delay(from - TimeProvider.System.GetUtcNow(), TimeProvider.System, cancellationToken);
        var (began, last, most, resident) = (Stopwatch.GetTimestamp(), 0, 0.0, 0.0);
        var limit = TimeSpan.FromSeconds(((double)due / rate * 2) + 60);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System);
        while (lags.Finished < due && await timer.WaitForNextTickAsync(cancellationToken))
        {
            var finished = lags.Finished;
            (most, resident, last) = (
                Math.Max(most, finished - last),
                Math.Max(resident, SiloMemory.Read().ResidentMiB),
                finished);
            errors.WriteLine($"waiting: {finished:N0} of {due:N0} woken and done");
            if (Stopwatch.GetElapsedTime(began) > limit)
            {
                throw new BenchmarkException(
                    $"{finished:N0} of {due:N0} timers had rung after {limit.TotalSeconds:N0} s.");
            }
        }

        var steps = lags.Done().Order().ToList();
        findings.Note("became due", $"{due:N0}, {rate:N0}/s");
        findings.Note("wakes per second reached", due / Stopwatch.GetElapsedTime(began).TotalSeconds);
        findings.NoteLatencies("wake lag, to the commit that takes the timer in", lags.Resumed());
        findings.NoteLatencies("wake lag, to the commit of the next step", steps);
        findings.Note("resident memory at most meanwhile", resident, "MiB");
        findings.Judge("wake lag p99 <= 1 s", Measures.Percentile.Of(steps, 0.99) <= 1_000);
    }

    private static async Task NotePlanAsync(Findings findings, ScaleDatabase sql, string what, DateTimeOffset now)
    {
        object[] arguments = [now.UtcDateTime, DateTime.UnixEpoch, "", 0, (SliceRange.Slices / 4) - 1, 256];
        var (store, free) = (
            await sql.ExplainAsync(ProcessReads.DueSql, "SET LOCAL enable_seqscan = off", arguments),
            await sql.ExplainAsync(ProcessReads.DueSql, "", arguments));
        findings.Note(what, store.ToString());
        findings.Require(
            $"{what}: by the index process_due, with the store's settings and with the server's",
            store.IsBy("process_due") && free.IsBy("process_due"));
    }

    private static Task<double> RemindersAsync(ScaleDatabase sql, CancellationToken cancellationToken) =>
        sql.ReadAsync("SELECT count(*) FROM OrleansRemindersTable", cancellationToken);
}
