using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.CrashHost.Processes;

namespace Orleans.Workflows.Crash;

public sealed class BombTests(ITestOutputHelper output) : CrashTest(output)
{
    private const string Gate = "innocents";
    private const string RareReminders = "Workflows:Engine:ReminderPeriod=01:00:00";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly ProcessId Bomb = ProcessId.Parse("bomb");
    private static readonly IReadOnlyList<ProcessId> Innocents =
    [
        .. Enumerable.Range(0, 200).Select(index => ProcessId.Parse($"innocent-{index:000}")),
    ];

    /// <summary>Such a silo resumes what the test pokes, and nothing else.</summary>
    private static readonly string[] Quiet = [RareReminders, "Workflows:Engine:SupervisorTriggers=None"];

    [Fact]
    public async Task Bomb_BesideInnocentLongSteps_AloneBecomesAnIncident()
    {
        var silo = await StartSiloAsync(RareReminders);
        var client = await ConnectAsync(silo);
        await Parallel.ForEachAsync(Innocents, Cancel, async (id, token) =>
            await client.Processes.StartAsync(
                CrashTypes.Innocent,
                new GateInput(Gate, TurnSeconds: 100),
                new StartOptions { Id = id },
                token));
        await RunAsync(Innocents, attempt: 1);
        await client.Processes.StartAsync(
            CrashTypes.Bomb,
            new GateInput("never"),
            new StartOptions { Id = Bomb },
            Cancel);
        await DiesAsync(silo);

        // The second time all of them run beside the bomb again, and have been there twice.
        silo = await StartSiloAsync(Quiet);
        client = await ConnectAsync(silo);
        await PokeAsync(client, Innocents);
        await RunAsync(Innocents, attempt: 2);
        await PokeAsync(client, [Bomb]);
        await DiesAsync(silo);

        // The third time the bomb has the slot for suspects, and the innocents ask for it.
        silo = await StartSiloAsync(Quiet);
        client = await ConnectAsync(silo);
        await PokeAsync(client, [Bomb]);
        await RunAsync([Bomb], attempt: 3);
        await PokeAsync(client, Innocents);
        await DiesAsync(silo);

        silo = await StartSiloAsync(RareReminders);
        client = await ConnectAsync(silo);
        await Eventually.TrueAsync(
            async () => (await client.Processes.GetHandle(Bomb).GetStatusAsync(Cancel)).Incident is not null,
            Limit,
            () => $"the bomb is an incident after three crashes. {silo.Output}",
            Cancel);
        Folder.Open(Gate);
        var took = await client.AllEndedAsync("innocent-", Innocents.Count, Limit, silo);
        Print($"the innocents finished {took.TotalSeconds:0.0} s after their gate opened");

        (await client.Processes.GetHandle(Bomb).GetStatusAsync(Cancel)).Incident!.Code.ShouldBe(IncidentCode.CrashLoop);
        Folder.ReadLedger().Count(line => line.ProcessId == Bomb.Value).ShouldBe(3);
        (await client.ListAsync("innocent-", Cancel)).ShouldAllBe(row =>
            row.State == ProcessState.Finished && row.ExitCode == 0);
        var histories = await Task.WhenAll(
            Innocents.Select(id => ProcessHistory.ReadAsync(client.Processes.GetHandle(id))));
        histories.ShouldAllBe(history => history.Count(HistoryKind.IncidentOpened) == 0);
        histories.ShouldAllBe(
            history => history.Count(HistoryKind.Resumed) == 2,
            "each was to be beside the bomb twice, and to be resumed once more");
    }

    [Fact]
    public async Task Innocents_OfTwoUnrelatedCrashes_DoNotStandInLine()
    {
        const int Count = 20;
        const int Seconds = 2;
        var silo = await StartSiloAsync(RareReminders);
        var client = await ConnectAsync(silo);
        var ids = Innocents.Take(Count).ToList();
        await Parallel.ForEachAsync(ids, Cancel, async (id, token) =>
            await client.Processes.StartAsync(
                CrashTypes.Innocent,
                new GateInput("none", Seconds),
                new StartOptions { Id = id },
                token));
        await RunAsync(ids, attempt: 1);
        await silo.KillAsync();
        silo = await StartSiloAsync(RareReminders);
        await RunAsync(ids, attempt: 2);
        await silo.KillAsync();
        silo = await StartSiloAsync(RareReminders);

        var took = await RunAsync(ids, attempt: 3);

        // One, two, four, eight, five: the last ones begin after four turns.
        Print($"the last of {Count} suspects began {took.TotalSeconds:0.0} s after the start of the silo");
        took.ShouldBeLessThan(TimeSpan.FromSeconds(Count * Seconds / 2), "one at a time they would need twice that");
    }

    /// <summary>
    /// Brings processes into memory, as whoever waits for their ends does. The answers do not matter: the silo may die
    /// of it first.
    /// </summary>
    private static Task PokeAsync(CrashClient client, IReadOnlyList<ProcessId> ids)
    {
        foreach (var id in ids)
        {
            client.Processes.GetHandle(id).WaitAsync(Cancel).Ignore();
        }

        return Task.CompletedTask;
    }

    /// <summary>Waits until steps run in an attempt.</summary>
    private Task<TimeSpan> RunAsync(IReadOnlyList<ProcessId> ids, int attempt) =>
        Eventually.TrueAsync(
            () =>
                Task.FromResult(
                    ids.Select(id => id.Value)
                        .Except(
                            Folder.ReadLedger().Where(line => line.Attempt == attempt).Select(line => line.ProcessId))
                        .Any()
                        is false),
            Limit,
            () => $"{ids.Count} steps ({ids[0]} …) run in attempt {attempt}",
            Cancel);

    private static async Task DiesAsync(HostProcess silo) => (await silo.ExitAsync(Limit)).ShouldNotBe(0);
}
