using Orleans.Workflows.Cluster.Timing;
using Orleans.Workflows.Shared.Processes;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Cluster.Sweeps;

/// <summary>A crash at every access to the store, in every way, of every kind of process.</summary>
public sealed class SweepTests(ITestOutputHelper output)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task PlainSteps() => ErrandAsync(new ErrandInput(), "0 to nowhere by us", ["order", "deliver"]);

    [Fact]
    public Task Loop() =>
        ErrandAsync(
            new ErrandInput(Parcels: 3),
            "3 to nowhere by us",
            ["order", "pack 1", "pack 2", "pack 3", "deliver"]);

    [Fact]
    public Task RetryAfterAnHour() =>
        ErrandAsync(new ErrandInput(Fails: true), "0 to nowhere by us", ["order", "deliver"]);

    [Fact]
    public Task F01_TimeoutAfterTwoDays() =>
        ErrandAsync(new ErrandInput(Asks: true), "0 to nowhere by us", ["order", "no address", "deliver"]);

    [Fact]
    public Task SignalWhileItWaits() =>
        ErrandAsync(
            new ErrandInput(Asks: true),
            "0 to home by us",
            ["order", "address home", "deliver"],
            (script, _) => script.WhenWaitingFor("address").Signal("address", "home"));

    [Fact]
    public Task SignalDuringAStep() =>
        ErrandAsync(
            new ErrandInput(Busy: true, Asks: true),
            "0 to home by us",
            ["order", "busy", "address home", "deliver"],
            (script, gates) =>
                script
                    .WhenRunning("Busy")
                    .Signal("address", "home")
                    .When("always", static _ => true)
                    .Do(
                        (handle, _) =>
                        {
                            gates.Open(handle.Id);
                            return Task.CompletedTask;
                        }));

    [Fact]
    public Task PauseAndPlay() =>
        ErrandAsync(
            new ErrandInput(Asks: true),
            "0 to home by us",
            ["order", "address home", "deliver"],
            (script, _) =>
                script
                    .WhenWaitingFor("address")
                    .Pause()
                    .WhenPaused()
                    .Play()
                    .When("it is played", static status => !status.Summary.Paused)
                    .Signal("address", "home"));

    [Fact]
    public async Task StepThatAwaitsTheClock() => await SweepAsync<Dozer>(
        new DozerInput("clock"), run => run.Outcome.IsSuccess.ShouldBeTrue(), static options =>
        {
            // Its output is the time.
            options.SameAsUninterrupted = false;
            options.Cluster.AddService(new Gate());
        });

    [Fact]
    public async Task ParallelChildren() => await SweepAsync<Family>(
        new FamilyInput(Children: 3), run => run.Output<FamilyOutput>().ShouldBe(new FamilyOutput(4, 0)));

    [Fact]
    public async Task NestedChildren() => await SweepAsync<Family>(
        new FamilyInput(Children: 2, Depth: 2), run => run.Output<FamilyOutput>().ShouldBe(new FamilyOutput(7, 0)));

    [Fact]
    public async Task IncidentAndRetry()
    {
        var repairs = new Repairs();

        await SweepAsync<Fragile>(
            new ErrandInput(),
            run => run.Happened.Count(kind => kind == HistoryKind.IncidentOpened).ShouldBeGreaterThan(0),
            options =>
            {
                options.Cluster.AddService(repairs);
                options.Script = ProcessScript.Empty.WhenStuck().Do((handle, _) =>
                {
                    repairs.Repair(handle.Id);
                    return Task.CompletedTask;
                }).WhenStuck().Retry();
            });
    }

    private async Task ErrandAsync(
        ErrandInput input,
        string text,
        string[] effects,
        Func<ProcessScript, ProbeRecorder, ProcessScript>? script = null)
    {
        var gates = new ProbeRecorder();
        await SweepAsync<Errand>(
            input,
            run =>
            {
                run.Output<ErrandOutput>().Text.ShouldBe(text);
                run.Effects.Select(effect => effect.What).ShouldBe(effects);
            },
            options =>
            {
                options.Cluster.AddService(gates);
                options.Script = script?.Invoke(ProcessScript.Empty, gates) ?? ProcessScript.Empty;
            });
    }

    private async Task SweepAsync<TProcess>(
        object input,
        Action<SweepRun> expect,
        Action<SweepOptions>? configure = null)
        where TProcess : Process
    {
        var report = await Sweep.EveryCrashPointAsync<TProcess>(
            input,
            expect,
            options =>
            {
                options.Cluster.AddService(options.Effects);
                configure?.Invoke(options);
            },
            Cancel);

        output.WriteLine($"{report}");
        // A look of a supervisor, two accesses, comes in any of the runs, so those that were cut may have fewer.
        report.CrashPoints.ShouldBeGreaterThanOrEqualTo(4 * (report.Accesses - 2));
    }
}
