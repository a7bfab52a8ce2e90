using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.CrashHost.Processes;

namespace Orleans.Workflows.Crash;

public sealed class ControlPlaneTests(ITestOutputHelper output) : CrashTest(output)
{
    /// <summary>The test is a client, and changes the settings.</summary>
    private const string Management = "Workflows:Engine:ManagementByClients=true";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Settings_SiloKilled_AreThereAgainAndHoldTheEngine()
    {
        var silo = await StartSiloAsync(Management);
        var client = await ConnectAsync(silo);
        await Settings(client).SetAsync(new ClusterSettings { EnginePaused = true, WakesPerSecond = 1_234 });
        await silo.KillAsync();

        silo = await StartSiloAsync(Management);
        client = await ConnectAsync(silo);
        (await Settings(client).GetAsync()).ShouldBe(
            new ClusterSettings { EnginePaused = true, WakesPerSecond = 1_234 });
        var held = await StartHeldAsync(client);
        Folder
            .ReadLedger()
            .ShouldNotContain(line => line.ProcessId == held.Id.Value, "no step begins while the engine is paused");
        (await held.GetStatusAsync(Cancel)).StepsCompleted.ShouldBe(0);

        await Settings(client).SetAsync(new ClusterSettings { EnginePaused = false });
        (await held.GetResultAsync(Cancel).WaitAsync(Limit, Cancel)).ShouldBe(Steps.Expected(new StepsInput(1, 2)));
    }

    [Fact]
    public async Task Supervisors_SiloRuns_KeepTheirStateInGrainStorage()
    {
        await StartSiloAsync();

        IReadOnlyList<string> stored = [];
        await Eventually.TrueAsync(
            () =>
            {
                stored = ControlPlaneFile.StoredGrains(Folder);
                return Task.FromResult(
                    stored.Count(grain => grain.Contains("supervisor", StringComparison.Ordinal)) == 4);
            },
            Limit,
            () => $"four supervisors have stored their state; stored are {string.Join(", ", stored)}",
            Cancel);
    }

    private static IClusterSettingsGrain Settings(CrashClient client) =>
        client.Grains.GetGrain<IClusterSettingsGrain>(0);

    /// <summary>Each silo follows the settings within seconds, so the first processes may still run.</summary>
    private static async Task<ProcessHandle<StepsOutput>> StartHeldAsync(CrashClient client)
    {
        ProcessHandle<StepsOutput>? handle = null;
        await Eventually.TrueAsync(
            async () =>
            {
                handle = await client.Processes.StartAsync(
                    CrashTypes.Steps,
                    new StepsInput(1, 2),
                    cancellationToken: Cancel);
                try
                {
                    await handle.WaitAsync(Cancel).WaitAsync(LongEnough, Cancel);
                    return false;
                }
                catch (TimeoutException)
                {
                    return true;
                }
            },
            Limit,
            () => "a process that is started is held",
            Cancel);
        return handle!;
    }
}
