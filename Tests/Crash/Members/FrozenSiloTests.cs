using System.Diagnostics;
using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.CrashHost.Processes;

namespace Orleans.Workflows.Crash.Members;

/// <summary>
/// A silo that stands still, is given up, and goes on as if nothing had been: what it does then has to count for
/// nothing.
/// </summary>
public sealed class FrozenSiloTests(ITestOutputHelper output, DatabaseFixture databases)
    : SeveralSilosTest(output, databases)
{
    private const int Held = 12;
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task F16_Silo_FrozenFor20Seconds_ComesBackAndIsRefused()
    {
        var silos = await StartSilosAsync(3);
        var load = await StartLoadAsync();
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
        await BegunAsync(attempt: 1, Held);
        var zombie = (await Task.WhenAll(silos.Select(async silo => (Silo: silo, Held: await HeldBy(silo)))))
            .MaxBy(static s => s.Held)
            .Silo;
        var frozen = (
            await ReadAsync<string>($"SELECT id FROM process WHERE owner = '{zombie.Address}' AND id LIKE 'held-%'")
        ).ToHashSet();
        frozen.ShouldNotBeEmpty();

        await zombie.FreezeAsync();
        var began = Stopwatch.GetTimestamp();
        var (declared, resumed) = await TakenOverAsync(zombie);
        await BegunAsync(attempt: 2, frozen.Count);

        // The steps of the frozen silo and their successors wait for one gate: when it opens, the successors come to
        // their ends first.
        Folder.Open("held");
        await Task.WhenAll(handles.Select(static handle => handle.GetResultAsync(Cancel))).WaitAsync(Limit, Cancel);
        await Eventually.TrueAsync(
            () => Task.FromResult(Stopwatch.GetElapsedTime(began) > Frozen),
            Limit,
            static () => "20 s pass",
            Cancel);
        await zombie.ThawAsync();
        await Eventually.TrueAsync(
            () => Task.FromResult(LateEnds(frozen) > 0 || zombie.HasExited),
            Limit,
            () => $"a step of the silo that was frozen goes on. {zombie.Output}",
            Cancel);
        var exitCode = await zombie.ExitAsync(Limit);

        var late = LateEnds(frozen);
        Print(
            $"frozen with {frozen.Count} long steps: declared dead after {declared.TotalSeconds:0.0} s, all resumed "
            + $"{resumed.TotalSeconds:0.0} s later; after 20 s it came back, ended {late} steps too late, and left "
            + $"with {exitCode}");
        late.ShouldBeGreaterThan(0, "the silo that came back has to have tried");
        declared.ShouldBeLessThan(FailureDetection);
        resumed.ShouldBeLessThan(ResumeLimit);
        foreach (var handle in handles)
        {
            (await ProcessHistory.ReadAsync(handle)).FaultsOfFinished(steps: 1).ShouldBeEmpty(handle.Id.Value);
            (await handle.GetResultAsync(Cancel)).Attempt.ShouldBe(
                frozen.Contains(handle.Id.Value) ? 2 : 1,
                handle.Id.Value);
        }

        await ShouldBeRightAsync(load, silos.First(silo => silo != zombie));
    }

    private async Task<int> HeldBy(HostProcess silo) =>
        (await ReadAsync<string>($"SELECT id FROM process WHERE owner = '{silo.Address}' AND id LIKE 'held-%'")).Count;

    private int LateEnds(HashSet<string> processes) =>
        Folder.ReadLedger().Count(line => line is { Attempt: 1, Ended: true } && processes.Contains(line.ProcessId));

    private Task<TimeSpan> BegunAsync(int attempt, int count)
    {
        int Begun() =>
            Folder
                .ReadLedger()
                .Count(line =>
                    line.ProcessId.StartsWith("held-", StringComparison.Ordinal)
                    && line.Attempt == attempt
                    && !line.Ended);
        return Eventually.TrueAsync(
            () => Task.FromResult(Begun() >= count),
            Limit,
            () => $"{count} long steps begin attempt {attempt}; {Begun()} have",
            Cancel);
    }
}
