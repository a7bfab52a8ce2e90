using Orleans.Workflows.Crash.Members;
using Orleans.Workflows.CrashHost.Processes;

namespace Orleans.Workflows.Crash;

/// <summary>How many lines an embedded silo prints, as <see cref="LogLinesTests"/> counts those of members.</summary>
[Collection(nameof(LinesTest))]
public sealed class EmbeddedLinesTests(ITestOutputHelper output) : CrashTest(output)
{
    private const int MostAtStart = 25;
    private const int Count = 200;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task StockSilo_FromItsStartToItsEnd_SaysWhereItRuns()
    {
        var lines = await StockSilo.LiveAsync(
            database: null,
            $"--Workflows:DataFolder={Folder.Data}",
            "--Workflows:SiloPort=0",
            "--Workflows:GatewayPort=0",
            "--Workflows:HealthPort=0");

        StockSilo.EventsOf(lines).ShouldBe(["SiloAnnouncement[400040]", "SiloAnnouncement[400042]"]);
        lines.Count.ShouldBeLessThanOrEqualTo(MostAtStart);
    }

    [Fact]
    public async Task OwnHost_StartsWithinItsLinesAndSaysNothingOfWhatGoesWell()
    {
        var silo = await StartSiloAsync("Log=Default");
        await LinesTest.HasStartedAsync([silo]);
        var atStart = LinesTest.LinesOf(silo);
        var client = await ConnectAsync(silo);

        await Parallel.ForEachAsync(Enumerable.Range(0, Count), Cancel, async (number, token) =>
            await client.Processes.StartAsync(
                CrashTypes.Steps,
                new StepsInput(Seed: number, Rounds: 3),
                new StartOptions { Id = ProcessId.Parse($"quiet-{number}") },
                token));
        await client.AllEndedAsync("quiet-", Count, Limit, silo);

        Print($"lines of an embedded silo: {atStart} at the start, {LinesTest.LinesOf(silo) - atStart} at work");
        atStart.ShouldBeLessThanOrEqualTo(MostAtStart, silo.Output);
        LinesTest.LinesOf(silo).ShouldBe(atStart, silo.Output);
    }
}
