using Orleans.Workflows.Shared.Processes;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Cluster.Sweeps;

/// <summary>A kill in every state that a process can be in, and a crash at every access to the store.</summary>
public sealed class KillSweepTests(ITestOutputHelper output)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Delayed() =>
        KillAsync<Waiter>(
            new WaitInput(),
            script =>
                script.When("it is created", static status => status.Summary.State == ProcessState.Created).Kill(),
            new StartOptions { Delay = TimeSpan.FromDays(1) });

    [Fact]
    public Task Running() =>
        KillAsync<Probe>(new ProbeInput("gate"), static script => script.WhenRunning("Gate").Kill());

    [Fact]
    public Task WaitingForASignal() =>
        KillAsync<Waiter>(new WaitInput(), static script => script.WhenWaitingFor("go").Kill());

    [Fact]
    public Task WaitingForTime() =>
        KillAsync<Waiter>(new WaitInput(Delay: TimeSpan.FromDays(1)), static script =>
            script.When("it waits", static status => status.Summary.State == ProcessState.Waiting).Kill());

    [Fact]
    public Task WaitingForAnotherAttempt() =>
        KillAsync<Failing>(new ErrandInput(), static script =>
            script.When("it waits", static status => status.Summary.State == ProcessState.Waiting).Kill());

    [Fact]
    public Task WaitingForAChild() => KillAsync<Parent>(
        new WaitInput(),
        static script => script.When("it waits", static status => status.Summary.State == ProcessState.Waiting).Kill(),
        configure: static options => options.Cluster.AddProcess<Waiter>());

    [Fact]
    public Task Paused() =>
        KillAsync<Waiter>(
            new WaitInput(),
            static script => script.WhenPaused().Kill(),
            new StartOptions { Paused = true });

    [Fact]
    public Task WithAnIncident() =>
        KillAsync<Fragile>(
            new ErrandInput(),
            static script => script.WhenStuck().Kill(),
            configure: static options => options.Cluster.AddService(new Repairs()));

    private async Task KillAsync<TProcess>(
        object input,
        Func<ProcessScript, ProcessScript> script,
        StartOptions? start = null,
        Action<SweepOptions>? configure = null)
        where TProcess : Process
    {
        var report = await Sweep.EveryCrashPointAsync<TProcess>(
            input,
            static run =>
                (run.Outcome.State, run.Outcome.ExitCode).ShouldBe((ProcessState.Killed, EngineExitCodes.Killed)),
            options =>
            {
                options.Cluster.AddService(options.Effects).AddService(new ProbeRecorder());
                options.Script = script(ProcessScript.Empty);
                options.Start = start ?? options.Start;
                configure?.Invoke(options);
            },
            Cancel);

        output.WriteLine($"{report}");
        // A look of a supervisor, two accesses, comes in any of the runs, so those that were cut may have fewer.
        report.CrashPoints.ShouldBeGreaterThanOrEqualTo(4 * (report.Accesses - 2));
    }
}
