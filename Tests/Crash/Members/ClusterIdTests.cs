using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.CrashHost.Processes;

namespace Orleans.Workflows.Crash.Members;

/// <summary>
/// One database, one cluster: silos of another id are refused while members live, and take it over when none does.
/// </summary>
public sealed class ClusterIdTests(ITestOutputHelper output, DatabaseFixture databases) : MemberTest(output, databases)
{
    private const string Red = "Workflows:ClusterId=red";
    private const string Blue = "Workflows:ClusterId=blue";
    private const string Owner = "SELECT id FROM cluster";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task SiloOfAnotherId_WhileMembersLive_IsRefusedAndNamesThemAndTakesOverWhenTheyAreGone()
    {
        var red = await StartSiloAsync(Red, "Workflows:SiloName=red-1");
        var held = await StartHeldAsync(await ClientAsync(red, "red"));

        var refused = await Should.ThrowAsync<InvalidOperationException>(() => HostProcess.StartAsync(Folder, Blue));

        refused.Message.ShouldContain("The cluster 'blue' cannot have");
        refused.Message.ShouldContain("it is that of the cluster 'red', of which 1 member(s) live: red-1 (127.0.0.1:");
        refused.Message.ShouldContain("'adopt --force'");
        (await ReadAsync<string>(Owner)).ShouldBe(["red"]);
        red.HasExited.ShouldBeFalse();

        await red.KillAsync();
        var blue = await StartSiloAsync(Blue);
        Folder.Open("held");

        (await ReadAsync<string>(Owner)).ShouldBe(["blue"]);
        blue.Lines.ShouldContain(static line =>
            line.Contains(
                "The database was that of the cluster 'red', none of whose members lives",
                StringComparison.Ordinal));
        (
            await (await ClientAsync(blue, "blue"))
                .Processes.GetHandle<AttemptOutput>(held)
                .GetResultAsync(Cancel)
                .WaitAsync(Limit, Cancel)
        ).Attempt.ShouldBe(2);
    }

    [Fact]
    public async Task SilosOfTwoIds_FirstOnADatabaseAndAtOnce_ExactlyOneHasIt()
    {
        var starting = new[] { Red, Blue }.Select(id => HostProcess.StartAsync(Folder, id)).ToList();
        await Task.WhenAll(starting)
            .ContinueWith(static _ => { }, Cancel, TaskContinuationOptions.None, TaskScheduler.Default);

        var running = starting.Where(static start => start.IsCompletedSuccessfully).ShouldHaveSingleItem();
        await using var silo = await running;
        var winner = running == starting[0] ? "red" : "blue";
        (await ReadAsync<string>(Owner)).ShouldBe([winner]);
        starting
            .Single(static start => start.IsFaulted)
            .Exception!.InnerException!.Message.ShouldContain($"it is that of the cluster '{winner}'");
    }

    [Fact]
    public async Task Adopt_WhileMembersLive_RefusesAndWithForceMakesThemEnd()
    {
        var red = await StartSiloAsync(Red);
        var held = await StartHeldAsync(await ClientAsync(red, "red"));

        var refused = await StockSilo.RunAsync(ConnectionString!, "adopt", "--Workflows:ClusterId=blue");
        var forced = await StockSilo.RunAsync(ConnectionString!, "adopt", "--force", "--Workflows:ClusterId=blue");
        var exitCode = await red.ExitAsync(Limit);

        refused.ExitCode.ShouldBe(1, refused.Output);
        refused.Output.ShouldContain("it is that of the cluster 'red', of which 1 member(s) live");
        forced.ExitCode.ShouldBe(0, forced.Output);
        forced.Output.ShouldContain("is that of the cluster 'blue' now; it was that of 'red'.");
        exitCode.ShouldBe(0, "it gave back what it ran");
        red.Lines.ShouldContain(static line =>
            line.Contains("The database has become that of the cluster 'blue'", StringComparison.Ordinal));

        var blue = await StartSiloAsync(Blue);
        Folder.Open("held");
        (
            await (await ClientAsync(blue, "blue"))
                .Processes.GetHandle(held)
                .WaitAsync(Cancel)
                .WaitAsync(Limit, Cancel)
        ).IsSuccess.ShouldBeTrue();
    }

    private Task<CrashClient> ClientAsync(HostProcess silo, string clusterId) =>
        ConnectAsync(
            CrashClient.ConnectAsync(options =>
            {
                options.Gateways.Add(silo.Gateway);
                options.ClusterId = clusterId;
            }));

    private async Task<ProcessId> StartHeldAsync(CrashClient client)
    {
        var held = await client.Processes.StartAsync(
            CrashTypes.Innocent,
            new GateInput("held", TurnSeconds: 1_000),
            new StartOptions { Id = ProcessId.Parse("held") },
            Cancel);
        await Eventually.TrueAsync(
            () => Task.FromResult(Folder.ReadLedger().Any()),
            Limit,
            static () => "the step runs",
            Cancel);
        return held.Id;
    }
}
