using System.Globalization;
using Orleans.Workflows.CrashHost.Driving;

namespace Orleans.Workflows.Crash;

[Collection(typeof(Alone))]
public sealed class SigkillRoundsTests(ITestOutputHelper output) : CrashTest(output)
{
    private static readonly int Rounds = int.TryParse(
        Environment.GetEnvironmentVariable("OWF_CRASH_ROUNDS"),
        CultureInfo.InvariantCulture,
        out var rounds)
        ? rounds
        : 10;

    /// <summary>'dotnet run --project Tests/CrashHost -- rounds 50' does the same for longer.</summary>
    [Fact]
    public async Task Processes_SiloKilledAtRandomMoments_FinishOnceWithRightResult()
    {
        await using var rounds = new SigkillRounds(Folder, Random.Shared.Next(), Print);

        var reports = await rounds.RunAsync(Rounds);

        reports.Count.ShouldBe(Rounds);
        reports.Sum(report => report.Interrupted).ShouldBeGreaterThan(0, "the kills came when no step was running");
    }
}
