using System.Diagnostics;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster;

/// <summary>The statements of docs/architecture/asynchrony.md.</summary>
public sealed class AsynchronyTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Step_RunsOnTheActivationsScheduler_AlsoAfterAnAwait() =>
        (await RunAsync("await")).ShouldBe("True,True");

    [Fact]
    public async Task Step_InTaskRun_LeavesTheScheduler_AndItsResultComesBackInTurn() =>
        (await RunAsync("taskrun")).ShouldBe("True,True");

    [Fact]
    public async Task CallersRequestContext_DoesNotReachTheStep()
    {
        RequestContext.Set("caller", "me");
        try
        {
            (await RunAsync("context")).ShouldBe("nothing");
        }
        finally
        {
            RequestContext.Clear();
        }
    }

    [Fact]
    public async Task Steps_OfOneProcess_NeverOverlap()
    {
        var handle = await shared.Client.StartAsync(
            Types.Scheduling,
            new HelloInput("overlap", 20),
            cancellationToken: Cancel);
        var ended = handle.WaitAsync(Cancel);
        try
        {
            while (!ended.IsCompleted)
            {
                // Turns of every kind come in between, and none of them begins a second step.
                await handle.SignalAsync("noise", 1, cancellationToken: Cancel);
            }
        }
        catch (InvalidProcessStateException)
        {
            // The signal came after the end, before its notice.
        }

        await ended;

        var notes = shared
            .Recorder.Notes.Where(note => note.StartsWith(handle.Id.Value, StringComparison.Ordinal))
            .Select(note => note[^1])
            .ToArray();
        new string(notes).ShouldBe(string.Concat(Enumerable.Repeat("+-", 20)));
    }

    [Fact]
    public async Task Steps_OfTwoProcesses_RunConcurrently()
    {
        var first = await GateAsync("gate");
        var second = await GateAsync("gate");

        shared.Recorder.Open(second.Id);
        (await second.WaitAsync(Cancel)).IsSuccess.ShouldBeTrue();
        (await first.GetStatusAsync(Cancel)).Summary.State.ShouldBe(ProcessState.Running);
        shared.Recorder.Open(first.Id);
        (await first.WaitAsync(Cancel)).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task Controls_InterleaveWithAnAwaitingStep()
    {
        var handle = await GateAsync("gate");

        await handle.PauseAsync(cancellationToken: Cancel);
        (await handle.PlayAsync(cancellationToken: Cancel)).Status.ShouldBe(ControlStatus.Accepted);
        (await handle.GetStatusAsync(Cancel)).Pending.ShouldBe(["Pause", "Play"]);
        shared.Recorder.Open(handle.Id);

        (await handle.WaitAsync(Cancel)).IsSuccess.ShouldBeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StopReason_TravelsWithTheToken(bool force)
    {
        var handle = await GateAsync("gate");

        await handle.KillAsync("enough", force, Cancel);
        await handle.WaitAsync(Cancel);

        // A kill by force does not wait for the step.
        await Eventually.TrueAsync("the step has ended", () =>
            Task.FromResult(
                shared.Recorder.Notes.Any(note => note.StartsWith($"{handle.Id} stopped", StringComparison.Ordinal))));
        shared.Recorder.Notes.ShouldContain($"{handle.Id} stopped: Kill");
    }

    [Fact]
    public async Task BlockingStep_HoldsOnlyItsOwnProcess()
    {
        var spinning = await GateAsync("spin");
        try
        {
            await WithinASecondAsync(() => spinning.GetStatusAsync(Cancel));
            await WithinASecondAsync(() => spinning.PauseAsync(cancellationToken: Cancel));
            await WithinASecondAsync(() => spinning.SignalAsync("noise", 1, cancellationToken: Cancel));
            var other = await shared.Client.StartAsync(
                Types.Hello,
                new HelloInput("beside"),
                cancellationToken: Cancel);
            await WithinASecondAsync(() => other.WaitAsync(Cancel));
            await WithinASecondAsync(() => spinning.KillAsync(cancellationToken: Cancel));

            // Its activation cannot take the kill in; a supervisor carries it out.
            (await spinning.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Killed);
            shared.Recorder.Notes.ShouldNotContain($"{spinning.Id} stopped spinning");
        }
        finally
        {
            shared.Recorder.Open(spinning.Id);
        }
    }

    [Fact]
    public async Task Kill_StepHoldsItsThreadAndPollsItsToken_EndsWithoutWaitingForTheGracePeriod()
    {
        await using var patient = await TestCluster.StartAsync(configure: static options =>
            options.GracePeriod = TimeSpan.FromMinutes(10));
        var polling = await patient.Client.StartAsync(Types.Probe, new ProbeInput("poll"), cancellationToken: Cancel);
        await patient.Recorder.EnteredAsync(polling.Id);

        await polling.KillAsync(cancellationToken: Cancel);

        await Eventually.TrueAsync("its token says why", () =>
            Task.FromResult(patient.Recorder.Notes.Contains($"{polling.Id} stopped: Kill")));
        (await polling.WaitAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel)).State.ShouldBe(
            ProcessState.Killed);
    }

    [Fact]
    public async Task Kill_StepDoesNotAnswer_StatusSaysForHowLongAndWhatToDo()
    {
        await using var patient = await TestCluster.StartAsync(configure: static options =>
            options.GracePeriod = TimeSpan.FromMinutes(10));
        var spinning = await patient.Client.StartAsync(
            Types.Probe,
            new ProbeInput("spin"),
            cancellationToken: Cancel);
        await patient.Recorder.EnteredAsync(spinning.Id);
        try
        {
            await spinning.KillAsync(cancellationToken: Cancel);

            await Eventually.TrueAsync("it says for how long", async () =>
                (await spinning.GetStatusAsync(Cancel)).WaitingFor.Contains(
                    "It has not answered the kill for ",
                    StringComparison.Ordinal));
            (await spinning.GetStatusAsync(Cancel)).WaitingFor.ShouldEndWith(
                $"is killed without an answer after 602 s, and at once by force ('owf kill {spinning.Id} --force').");
            await spinning.KillAsync(force: true, cancellationToken: Cancel);
            (await spinning.GetStatusAsync(Cancel)).Summary.State.ShouldBe(ProcessState.Killed);
        }
        finally
        {
            patient.Recorder.Open(spinning.Id);
        }
    }

    [Fact]
    public async Task FailedAttempt_LeavesNoTraceInTheContext()
    {
        var handle = await shared.Client.StartAsync(Types.Tracing, new HelloInput("x"), cancellationToken: Cancel);

        (await handle.GetResultAsync(Cancel)).Text.ShouldBe("attempt 2,last");
    }

    [Fact]
    public async Task F20_EachAttempt_HasANewInstanceAndScope()
    {
        var handle = await shared.Client.StartAsync(
            Types.Scheduling,
            new HelloInput("instances"),
            cancellationToken: Cancel);

        await handle.GetResultAsync(Cancel);
        shared
            .Recorder.Notes.Where(note => note.StartsWith($"{handle.Id} instance", StringComparison.Ordinal))
            .Distinct()
            .Count()
            .ShouldBe(2);
    }

    private async Task<string> RunAsync(string about) =>
        (
            await (
                await shared.Client.StartAsync(Types.Scheduling, new HelloInput(about), cancellationToken: Cancel)
            ).GetResultAsync(Cancel)
        ).Text;

    private async Task<ProcessHandle<ProbeOutput>> GateAsync(string kind)
    {
        var handle = await shared.Client.StartAsync(Types.Probe, new ProbeInput(kind), cancellationToken: Cancel);
        await shared.Recorder.EnteredAsync(handle.Id);
        return handle;
    }

    private static async Task WithinASecondAsync(Func<Task> call)
    {
        var began = Stopwatch.GetTimestamp();
        await call();
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }
}
