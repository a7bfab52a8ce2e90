using System.Diagnostics;
using Orleans.Workflows.CrashHost.Processes;

namespace Orleans.Workflows.Crash.Members;

public sealed class MemberControlPlaneTests(ITestOutputHelper output, DatabaseFixture databases)
    : MemberTest(output, databases)
{
    /// <summary>The test is a client, and changes the settings.</summary>
    private const string Management = "Workflows:Engine:ManagementByClients=true";

    private const string SupervisorVersions =
        "SELECT Version FROM OrleansStorage WHERE GrainTypeString = 'supervisor' ORDER BY GrainIdN0, GrainIdN1, "
        + "GrainIdExtensionString";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RunsAgain = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan StateInterval = TimeSpan.FromSeconds(75);

    [Fact]
    public async Task ClusterKilledWhole_AtNewAddresses_RunsAgainWithItsSettingsSupervisorsAndProcesses()
    {
        var silos = await StartSilosAsync(2, Management);
        var client = await ConnectAsync();
        var settings = client.Grains.GetGrain<IClusterSettingsGrain>(0);
        await settings.SetAsync(new ClusterSettings { WakesPerSecond = 1_234 });
        IReadOnlyList<int> before = [];
        await Eventually.TrueAsync(
            async () => (before = await ReadAsync<int>(SupervisorVersions)).Count == 4,
            Limit,
            () => $"four supervisors have stored their state; versions are {string.Join(",", before)}",
            Cancel);
        var held = await client.Processes.StartAsync(
            CrashTypes.Innocent,
            new GateInput("open", TurnSeconds: 1_000),
            new StartOptions { Id = ProcessId.Parse("held") },
            Cancel);
        var pending = held.GetResultAsync(Cancel);
        await Eventually.TrueAsync(
            () => Task.FromResult(Folder.ReadLedger().Any()),
            Limit,
            () => "the step runs",
            Cancel);

        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(silos.Select(static silo => silo.KillAsync()));
        Folder.Open("open");
        var successors = await StartSilosAsync(2, Management);
        Print($"the first silo takes calls {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s after the kill");
        (await pending.WaitAsync(Limit, Cancel)).Attempt.ShouldBe(2);
        var again = Stopwatch.GetElapsedTime(began);
        Print(
            $"the process that ran has ended {again.TotalSeconds:0.0} s after the kill, and the client that waited all "
            + $"the time was told");

        again.ShouldBeLessThan(RunsAgain);
        successors
            .Select(static silo => silo.Gateway)
            .Intersect(silos.Select(static silo => silo.Gateway))
            .ShouldBeEmpty("they have new addresses");
        (await settings.GetAsync()).ShouldBe(new ClusterSettings { WakesPerSecond = 1_234 });
        IReadOnlyList<int> after = [];
        await Eventually.TrueAsync(
            async () =>
                (after = await ReadAsync<int>(SupervisorVersions)).Count == 4
                && after.Zip(before).All(static pair => pair.First == pair.Second + 1),
            StateInterval,
            () =>
                $"each supervisor has found its state and gone on with it; versions were {string.Join(",", before)} "
                + $"and are {string.Join(",", after)}",
            Cancel);
    }
}
