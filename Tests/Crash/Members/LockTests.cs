using System.Diagnostics;
using System.Net;
using Npgsql;
using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.CrashHost.Processes;
using Orleans.Workflows.CrashHost.Storm.Processes;

namespace Orleans.Workflows.Crash.Members;

/// <summary>
/// A session that keeps rows locked, a frozen silo's or a stranger's, does not keep the other processes from going on.
/// </summary>
[Collection(typeof(Alone))]
public sealed class LockTests(ITestOutputHelper output, DatabaseFixture databases) : SeveralSilosTest(output, databases)
{
    private const int Families = 16;
    private const int Chains = 12;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(3);

    /// <summary>How long a lock may hold up what is not locked.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(3);

    private int _ended;

    [Fact]
    public async Task Silo_FrozenInsideATransaction_TheOthersGoOnFromTheFirstMoment()
    {
        var silos = await StartSilosAsync(3);
        var client = await ConnectAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var load = Enumerable
            .Range(0, Families)
            .Select(worker => StartFamiliesAsync(client.Processes, worker, stop.Token))
            .ToList();
        await Eventually.TrueAsync(
            () => Task.FromResult(_ended > 50),
            Limit,
            () => $"families end; {_ended} have",
            Cancel);
        var chains = await Task.WhenAll(
            Enumerable
                .Range(0, Chains)
                .Select(i =>
                    client.Processes.StartAsync(
                        CrashTypes.Steps,
                        new StepsInput(i, 100_000),
                        cancellationToken: Cancel)));
        var before = await MeasureAsync(() => _ended);
        var freeze = new TransactionFreeze(ConnectionString!);

        var from = (await ReadAsync<DateTime>("SELECT max(at) FROM history")).Single();
        var state = await freeze.FreezeAsync(silos[0]);
        state.ShouldNotBeNull("the silo is frozen while it has a transaction open");
        var others = await ReadAsync<long>(
            $"SELECT number FROM process WHERE type = 'crash/steps' AND state = 1 AND owner <> '{silos[0].Address}'");
        others.ShouldNotBeEmpty("chains run on the other silos, and tell nobody else anything");
        var declared = await freeze.DeclaredDeadAsync(silos[0], Limit);
        var began = Stopwatch.GetTimestamp();
        var target = _ended + 1;
        var first = await Eventually.TrueAsync(
            () => Task.FromResult(_ended >= target),
            Limit,
            static () => "a family ends",
            Cancel);
        await Eventually.TrueAsync(
            async () => await SessionsAsync(silos[0]) == 0,
            Limit,
            static () => "its sessions are ended",
            Cancel);
        var sessionless = Stopwatch.GetElapsedTime(began);
        var during = await MeasureAsync(() => _ended);
        var left = await LeftAsync(silos[0]);
        var pause = await LongestPauseAsync(others, from);
        await silos[0].ThawAsync();
        await silos[0].ExitAsync(Limit);
        await stop.CancelAsync();
        await Task.WhenAll(load).WaitAsync(Limit, Cancel);
        await Task.WhenAll(chains.Select(static chain => chain.KillAsync("measured", cancellationToken: Cancel)));

        Print(
            $"from the freeze on, the longest time between two steps of {others.Count} chains on the other silos was "
            + $"{pause.TotalSeconds:0.0} s");
        Print(
            $"frozen with its sessions '{state}': {before} families in {Measured.TotalSeconds:0} s before; declared "
            + $"dead after {declared.TotalSeconds:0.0} s, the first family {first.TotalSeconds:0.0} s later, without a "
            + $"session {sessionless.TotalSeconds:0.0} s later, {during} in {Measured.TotalSeconds:0} s then; it had "
            + $"nothing left {left.TotalSeconds:0.0} s after that");
        pause.ShouldBeLessThan(Bound, "from the freeze on, and not only from when the silo is declared dead");
        first.ShouldBeLessThan(Bound);
        sessionless.ShouldBeLessThan(Bound, "the others end its sessions; what it has no transaction in would stay");
        during.ShouldBeGreaterThan(before / 3, "two of three silos go on");
        (await ReadAsync<long>("SELECT count(*) FROM process WHERE state NOT IN (3) AND type <> 'crash/steps'"))
            .Single()
            .ShouldBe(0, "everything has finished");
    }

    [Fact]
    public async Task Rows_LockedByAStranger_TheOthersGoOn_TheSiloIsReady_AndWhyNamesIt()
    {
        var silo = await StartSiloAsync();
        var load = await StartLoadAsync();
        var client = await ConnectAsync();
        await using var stranger = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(ConnectionString!)
            {
                Pooling = false,
                ApplicationName = "stranger",
            }.ConnectionString);
        await stranger.OpenAsync(Cancel);
        var before = await MeasureAsync(() => load.Finished);

        await using var transaction = await stranger.BeginTransactionAsync(Cancel);
        var locked = await LockTwoAsync(stranger);
        var during = await MeasureAsync(() => load.Finished);
        var (health, _) = await silo.ReadyAsync(Cancel);
        var why = "";
        await Eventually.TrueAsync(
            async () =>
                (why = (await client.Processes.GetHandle(locked[0]).GetStatusAsync(Cancel)).WaitingFor).Contains(
                    $"session {stranger.ProcessID}, stranger",
                    StringComparison.Ordinal),
            Limit,
            () => $"why names the session that holds the lock; it says '{why}'",
            Cancel);
        await transaction.RollbackAsync(Cancel);
        foreach (var id in locked)
        {
            await client.Processes.GetHandle(id).WaitAsync(Cancel).WaitAsync(Limit, Cancel);
        }

        Print(
            $"{before} finished in {Measured.TotalSeconds:0} s before, {during} while two running rows were locked; "
            + $"ready said {health}; why said '{why}'");
        during.ShouldBeGreaterThan(before / 2);
        health.ShouldBe(HttpStatusCode.OK);
        await ShouldBeRightAsync(load, silo);
    }

    /// <summary>
    /// The longest time that one of some processes had no commit. A chain makes one every few hundredths of a second.
    /// </summary>
    private async Task<TimeSpan> LongestPauseAsync(IReadOnlyList<long> processes, DateTime from) =>
        (
            await ReadAsync<TimeSpan>(
                "SELECT max(pause) FROM (SELECT coalesce(lead(at) OVER (PARTITION BY number ORDER BY version), now()) - "
                + $"at AS pause FROM history WHERE number IN ({string.Join(", ", processes)}) AND at > "
                + $"'{from:O}') AS pauses")
        ).Single();

    private async Task<long> SessionsAsync(HostProcess silo) =>
        (
            await ReadAsync<long>(
                $"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE "
                + $"'% {silo.Address}'")
        ).Single();

    private static async Task<IReadOnlyList<ProcessId>> LockTwoAsync(NpgsqlConnection connection)
    {
        var ids = new HashSet<ProcessId>();
        await Eventually.TrueAsync(
            async () =>
            {
                // Chains that have just begun, so that they still have steps to commit.
                await using var query = new NpgsqlCommand(
                    "SELECT id FROM process WHERE state = 1 AND type = 'crash/steps' AND version < 6 LIMIT 2 FOR "
                    + "UPDATE SKIP LOCKED",
                    connection);
                await using var reader = await query.ExecuteReaderAsync(Cancel);
                while (await reader.ReadAsync(Cancel))
                {
                    ids.Add(ProcessId.Parse(reader.GetString(0)));
                }

                return ids.Count >= 2;
            },
            Limit, () => $"two chains have just begun; {ids.Count} have", Cancel);
        return [.. ids];
    }

    /// <summary>How much is added to a count while it is measured.</summary>
    private static async Task<int> MeasureAsync(Func<int> count)
    {
        var (began, before) = (Stopwatch.GetTimestamp(), count());
        await Eventually.TrueAsync(
            () => Task.FromResult(Stopwatch.GetElapsedTime(began) > Measured),
            Limit,
            static () => "some seconds pass",
            Cancel);
        return count() - before;
    }

    /// <summary>
    /// Starts families one after the other. A parent's commit has its children in it, so its transaction takes two
    /// round trips.
    /// </summary>
    private async Task StartFamiliesAsync(IProcessClient processes, int worker, CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var options = new StartOptions
            {
                Id = ProcessId.Parse($"family-{worker}-{number}"),
                IfExists = IfExists.UseExisting,
            };
            for (var isTaken = false; !isTaken;)
            {
                try
                {
                    var handle = await processes.StartAsync(
                        StormTypes.Family,
                        new FamilyInput(number, 1, 2, 0),
                        options,
                        Cancel);
                    await handle.GetResultAsync(Cancel);
                    isTaken = true;
                }
                catch (WorkflowUnavailableException)
                {
                    // A machine that is slow to find out about the frozen silo: the same again.
                }
            }

            Interlocked.Increment(ref _ended);
        }
    }
}
