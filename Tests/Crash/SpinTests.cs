using System.Diagnostics;
using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.CrashHost.Processes;

namespace Orleans.Workflows.Crash;

[Collection(typeof(Alone))]
public sealed class SpinTests(ITestOutputHelper output) : CrashTest(output)
{
    private const string Gate = "spinner";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task F09_Controls_StepSpins_AnsweredWithinASecondAndKillIsCarriedOut()
    {
        var silo = await StartSiloAsync("Workflows:Engine:GracePeriod=00:00:02");
        var client = await ConnectAsync(silo);
        await client.Processes.StartAsync(CrashTypes.Steps, new StepsInput(1, 2), cancellationToken: Cancel);
        var spinner = await TimedAsync("start", () =>
            client.Processes.StartAsync(CrashTypes.Spin, new SpinInput(Gate), cancellationToken: Cancel));
        await Eventually.TrueAsync(
            () => Task.FromResult(LinesOf(spinner).Any()),
            Limit,
            () => "the step spins",
            Cancel);

        (await TimedAsync("status", () => spinner.GetStatusAsync(Cancel))).Summary.State.ShouldBe(
            ProcessState.Running);
        (await TimedAsync("pause", () => spinner.PauseAsync(cancellationToken: Cancel))).Status.ShouldBe(
            ControlStatus.Accepted);
        (
            await TimedAsync("signal", () => spinner.SignalAsync("go", "now", cancellationToken: Cancel))
        ).WasStored.ShouldBeTrue();
        (await TimedAsync("kill", () => spinner.KillAsync("enough", cancellationToken: Cancel))).Status.ShouldBe(
            ControlStatus.Accepted);
        var killed = Stopwatch.GetTimestamp();
        (await TimedAsync("status", () => spinner.GetStatusAsync(Cancel))).Pending.ShouldBe(
            ["Pause", "Signal go", "Kill"],
            ignoreOrder: true);

        await Eventually.TrueAsync(
            async () => (await spinner.GetStatusAsync(Cancel)).Summary.State == ProcessState.Killed,
            Limit,
            () => $"the process is killed although its step spins. {silo.Output}",
            Cancel);
        Print($"Killed {Stopwatch.GetElapsedTime(killed).TotalSeconds:0.0} s after the kill, while the step spins");
        (await client.Processes.GetHandle(spinner.Id).WaitAsync(Cancel).WaitAsync(Limit, Cancel)).State.ShouldBe(
            ProcessState.Killed);
        Print($"A client that waits is told {Stopwatch.GetElapsedTime(killed).TotalSeconds:0.0} s after the kill");
        LinesOf(spinner).ShouldNotContain(line => line.Ended, "the step was to spin on");
        var version = (await spinner.GetStatusAsync(Cancel)).Summary.Version;

        Folder.Open(Gate);
        await Eventually.TrueAsync(
            () => Task.FromResult(LinesOf(spinner).Any(line => line.Ended)),
            Limit,
            () => "the step stops spinning",
            Cancel);
        var next = await client.Processes.StartAsync(
            CrashTypes.Steps,
            new StepsInput(2, 3),
            cancellationToken: Cancel);
        (await next.GetResultAsync(Cancel).WaitAsync(Limit, Cancel)).ShouldBe(Steps.Expected(new StepsInput(2, 3)));
        using var http = new HttpClient();
        (await http.GetAsync(new Uri(silo.Health, "/health/ready"), Cancel)).IsSuccessStatusCode.ShouldBeTrue();
        var status = await spinner.GetStatusAsync(Cancel);
        (status.Summary.State, status.Summary.Version).ShouldBe(
            (ProcessState.Killed, version),
            "the late commit of the step is refused");
    }

    [Fact]
    public async Task F12_Start_FirstStepSpinsBeforeItAwaits_AnsweredWithinASecond()
    {
        var silo = await StartSiloAsync();
        var client = await ConnectAsync(silo);
        await client.Processes.StartAsync(CrashTypes.Steps, new StepsInput(1, 2), cancellationToken: Cancel);

        await TimedAsync("start", () =>
            client
                .Processes.StartAsync(CrashTypes.Spin, new SpinInput(Gate, AtOnce: true), cancellationToken: Cancel)
                .WaitAsync(Limit / 3, Cancel));
    }

    private IEnumerable<LedgerLine> LinesOf(ProcessHandle handle) =>
        Folder.ReadLedger().Where(line => line.ProcessId == handle.Id.Value);

    private async Task<T> TimedAsync<T>(string what, Func<Task<T>> call)
    {
        var began = Stopwatch.GetTimestamp();
        var answer = await call();
        var took = Stopwatch.GetElapsedTime(began);
        Print($"{what}: {took.TotalMilliseconds:0} ms");
        took.ShouldBeLessThan(Soon, what);
        return answer;
    }
}
