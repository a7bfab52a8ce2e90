using System.Collections.Concurrent;
using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.CrashHost.Processes;

namespace Orleans.Workflows.Crash.Members;

/// <summary>
/// The database falls back under load, and the silos go on: to a standby that had not got the last seconds, and to a
/// copy from before a silo joined. What was acknowledged since is lost; what is left is whole, and goes on.
/// </summary>
public sealed class FallenBackTests(ITestOutputHelper output, DatabaseFixture databases)
    : OwnServerTest(output, databases)
{
    private const string Copy = "earlier";

    [Fact]
    public async Task Database_FallsBackTwice_NothingIsStuckAndNoHistoryDiverges()
    {
        var silos = (await StartSilosAsync(2)).ToList();
        var load = await StartLoadAsync();
        await Server.CopyAsync(Copy, Cancel);
        await load.GoesOnAsync(100, Limit);
        await FallBackAsync(load);

        await Server.CopyAsync(Copy, Cancel);
        silos.Add(await StartSiloAsync());
        await load.GoesOnAsync(100, Limit);
        await FallBackAsync(load);

        silos.ShouldAllBe(static silo => !silo.HasExited);
        await EndAsync(load);
    }

    private async Task FallBackAsync(LoadProcess load)
    {
        var had = (await ReadAsync<long>("SELECT sum(version)::bigint FROM process"))[0];
        await Server.FallBackAsync(Copy, Cancel);
        var has = (await ReadAsync<long>("SELECT sum(version)::bigint FROM process"))[0];
        has.ShouldBeLessThan(had);
        var goesOn = await load.GoesOnAsync(50, Limit);
        Print($"the database had {had} commits and has {has}; 50 more finished within {goesOn.TotalSeconds:0.0} s");
    }

    /// <summary>
    /// The outside world does its part: who has had a signal acknowledged that is lost sends it again. Everything else
    /// is the engine's.
    /// </summary>
    private async Task EndAsync(LoadProcess load)
    {
        var client = await ConnectAsync();
        var ending = load.EndAsync();
        await UntilAsync("the load has ended", async () =>
        {
            await SignalAgainAsync(client, load.Prefix);
            return ending.IsCompleted;
        });
        try
        {
            await ending;
        }
        catch (TimeoutException e)
        {
            var open = await ReadAsync<string>(
                "SELECT p.id || ' ' || p.type || ' state ' || p.state || ' version ' || p.version || "
                + "' owner ' || coalesce(p.owner, 'none') || ' inbox ' || coalesce((SELECT string_agg(i.message_id "
                + "|| ':' || i.seen, ',') FROM inbox AS i WHERE i.process_id = p.id), 'none') "
                + "FROM process AS p WHERE p.state < 3");
            throw new TimeoutException($"{e.Message} Open: {string.Join("; ", open)}.", e);
        }

        // Nobody who waited for a process that is gone waits for ever, and nobody else has noticed anything, but that
        // silos which recover may refuse starts.
        load.Failures.ShouldAllBe(static failure =>
            failure.Contains(nameof(ProcessNotFoundException), StringComparison.Ordinal)
            || failure.Contains(nameof(WorkflowOverloadedException), StringComparison.Ordinal));
        await ShouldBeWholeAsync(client, load);
    }

    private async Task SignalAgainAsync(CrashClient client, string prefix)
    {
        foreach (var id in await ReadAsync<string>("SELECT id FROM process WHERE type = 'crash/wait' AND state = 2"))
        {
            var number = LoadPlan.Number(prefix, ProcessId.Parse(id));
            await client
                .Processes.GetHandle(ProcessId.Parse(id))
                .SignalAsync("go", $"word {number}", $"signal-{number}", Cancel);
        }
    }

    /// <summary>
    /// Each process that is there has finished with what it had to have, by one history without a gap.
    /// </summary>
    private async Task ShouldBeWholeAsync(CrashClient client, LoadProcess load)
    {
        await UntilAsync("everything has ended", async () =>
        {
            await SignalAgainAsync(client, load.Prefix);
            return (await ReadAsync<long>("SELECT count(*) FROM process WHERE state < 3"))[0] == 0;
        });
        var faults = new ConcurrentQueue<string>();
        var rows = await client.ListAsync(load.Prefix, Cancel);
        rows.Select(static row => row.Id.Value)
            .Intersect(load.Failures.Select(static failure => failure.Split(' ')[1]))
            .ShouldBeEmpty("only who is gone is told so, or was never taken");
        await Parallel.ForEachAsync(rows, Cancel, async (row, _) =>
        {
            var number = LoadPlan.Number(load.Prefix, row.Id);
            var handle = client.Processes.GetHandle(row.Id);
            var history = await ProcessHistory.ReadAsync(handle);
            var wrong = history.FaultsOfFinished(LoadPlan.IsWait(number) ? 2 : LoadPlan.Input(number).Steps).ToList();
            wrong.AddRange(
                row.State is ProcessState.Finished && await IsRightAsync(client, row.Id, number)
                    ? []
                    : [$"it is {row.State}, or its result is not right"]);
            wrong.ForEach(fault => faults.Enqueue($"{row.Id}: {fault}"));
        });
        faults.ShouldBeEmpty();
        (await ReadAsync<long>("SELECT count(*) FROM inbox WHERE seen < 2"))[0]
            .ShouldBe(0, "no message is left open");
        (
            await ReadAsync<long>(
                "SELECT count(*) FROM process AS p WHERE p.version <> (SELECT max(h.version) FROM history AS h WHERE "
                + "h.number = p.number)")
        )[0]
            .ShouldBe(0, "each history ends with its row's version");
        Print($"{rows.Count} processes, all finished and right");
    }

    private static async Task<bool> IsRightAsync(CrashClient client, ProcessId id, int number) =>
        LoadPlan.IsWait(number)
            ? (await client.Processes.GetHandle<WaitsOutput>(id).GetResultAsync(Cancel)).Got == $"word {number}"
            : await client.Processes.GetHandle<StepsOutput>(id).GetResultAsync(Cancel)
                == Steps.Expected(LoadPlan.Input(number));

    private static Task<TimeSpan> UntilAsync(string what, Func<Task<bool>> condition) =>
        Eventually.TrueAsync(condition, TimeSpan.FromSeconds(90), () => what, Cancel);
}
