using Orleans.Workflows.CrashHost.Storm;
using Orleans.Workflows.CrashHost.Storm.Faults;

namespace Orleans.Workflows.Crash.Storm;

[Collection(typeof(Alone))]
public sealed class StormTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(88);

    /// <summary>
    /// 'dotnet run --project Tests/CrashHost -- storm --minutes 10' does the same for longer; with the printed seed it
    /// draws the same faults.
    /// </summary>
    [Fact]
    public async Task Cluster_KilledFrozenCutAndWithoutDatabase_KeepsEveryPromise()
    {
        var options = new StormOptions
        {
            Duration = Duration,
            LongFreezes = false,
            Frozen = TimeSpan.FromSeconds(12),
            LongestLock = TimeSpan.FromSeconds(10),
        };

        var report = await new StormRun(options, output.WriteLine).RunAsync();

        report.Violations.ShouldBeEmpty(report.ToString());
        report.Troubles.ShouldBeEmpty(report.ToString());
        report.Drain.ShouldBeLessThan(options.DrainLimit);
        FaultSchedule.Kinds(report.NetworkWasCut, options.LongFreezes).Except(report.Faults.Keys).ShouldBeEmpty();
    }
}
