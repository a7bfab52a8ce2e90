using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.CrashHost.Processes;

namespace Orleans.Workflows.Crash.Members;

/// <summary>
/// Silos that are told to stop, as Kubernetes does when it scales, drains a node or rolls a release out.
/// </summary>
[Collection(typeof(Alone))]
public sealed class LeavingSilosTests(ITestOutputHelper output, DatabaseFixture databases)
    : SeveralSilosTest(output, databases)
{
    private const int Held = 20;

    private static readonly TimeSpan Drain = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Silo_ToldToStop_ItsProcessesGoOnElsewhereWithinTwoSeconds()
    {
        var silos = await StartSilosAsync(2, ShortDrain);
        var client = await ConnectAsync();
        var handles = await Task.WhenAll(
            Enumerable
                .Range(0, Held)
                .Select(index =>
                    client.Processes.StartAsync(
                        CrashTypes.Innocent,
                        new GateInput("held", TurnSeconds: 1_000),
                        new StartOptions { Id = ProcessId.Parse($"held-{index:00}") },
                        Cancel)));
        await Eventually.TrueAsync(
            () => Task.FromResult(Begun(1) == Held),
            Limit,
            () => $"{Held} steps begin; {Begun(1)} have",
            Cancel);
        var (leaving, owned) = (
            await Task.WhenAll(silos.Select(async silo => (silo, (int)await OwnedAsync(silo))))
        ).MaxBy(static s => s.Item2);
        var staying = silos.Single(silo => silo != leaving);

        var began = TimeProvider.System.GetTimestamp();
        var stopping = leaving.StopAsync(Limit);
        await Eventually.TrueAsync(
            () => Task.FromResult(Begun(2) >= owned),
            Limit,
            () => $"{owned} steps run elsewhere; {Begun(2)} do. {staying.Output}",
            Cancel);
        var elsewhere = TimeProvider.System.GetElapsedTime(began);
        var exitCode = await stopping;

        Print(
            $"told to stop with {owned} long steps and {Drain.TotalSeconds:0.0} s to drain: all ran elsewhere after "
            + $"{elsewhere.TotalSeconds:0.0} s, exit {exitCode} after "
            + $"{TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s");
        elsewhere.ShouldBeLessThan(Drain + Elsewhere);
        exitCode.ShouldBe(0, leaving.Output);
        Begun(2).ShouldBe(owned, "nothing else was interrupted");
        Folder.Open("held");
        await Task.WhenAll(handles.Select(static handle => handle.GetResultAsync(Cancel))).WaitAsync(Limit, Cancel);
        foreach (var handle in handles)
        {
            var history = await ProcessHistory.ReadAsync(handle);
            history.FaultsOfFinished(steps: 1).ShouldBeEmpty(handle.Id.Value);
            history
                .Count(HistoryKind.Resumed)
                .ShouldBe(history.Count(HistoryKind.Released), "no stop counts as a crash");
        }
    }

    private int Begun(int attempt) => Folder.ReadLedger().Count(line => line.Attempt == attempt && !line.Ended);
}
