using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster;

public sealed class ControlTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pause_WhileStepRuns_TakesEffectAfterIt()
    {
        var handle = await ProbeAsync("gate");

        var pause = await handle.PauseAsync("lunch", cancellationToken: Cancel);
        (await handle.GetStatusAsync(Cancel)).Summary.Paused.ShouldBeFalse();
        (await handle.GetStatusAsync(Cancel)).Pending.ShouldContain("Pause");
        shared.Recorder.Open(handle.Id);

        pause.Status.ShouldBe(ControlStatus.Accepted);
        (await handle.WaitAsync(Cancel)).IsSuccess.ShouldBeTrue();
        (await pause.WaitForEffectAsync(Cancel)).ShouldBe(MessageEffect.Refused);
    }

    [Fact]
    public async Task PauseAndPlay_WhileWaiting_KeepTheSignal()
    {
        var handle = await WaiterAsync();

        (await (await handle.PauseAsync("lunch", cancellationToken: Cancel)).WaitForEffectAsync(Cancel)).ShouldBe(
            MessageEffect.Applied);
        await handle.SignalAsync("go", "kept", cancellationToken: Cancel);
        var paused = await handle.GetStatusAsync(Cancel);
        var again = await handle.PauseAsync(cancellationToken: Cancel);
        var play = await handle.PlayAsync(cancellationToken: Cancel);

        paused.Summary.Paused.ShouldBeTrue();
        paused.Summary.StatusText.ShouldBe("lunch");
        paused.WaitingFor.ShouldContain("paused (lunch)");
        again.Status.ShouldBe(ControlStatus.AlreadySo);
        play.Status.ShouldBe(ControlStatus.Accepted);
        (await handle.GetResultAsync(Cancel)).Got.ShouldBe("kept");
        (await handle.GetStatusAsync(Cancel)).Summary.StatusText.ShouldBe("listening");
    }

    [Fact]
    public async Task Kill_WhileStepCooperates_EndsAtOnceAndTellsTheStepWhy()
    {
        var handle = await ProbeAsync("gate");

        var kill = await handle.KillAsync("enough", cancellationToken: Cancel);

        var outcome = await handle.WaitAsync(Cancel);
        kill.Status.ShouldBe(ControlStatus.Accepted);
        outcome.State.ShouldBe(ProcessState.Killed);
        outcome.ExitCode.ShouldBe(EngineExitCodes.Killed);
        outcome.Message.ShouldBe("enough");
        shared.Recorder.Notes.ShouldContain($"{handle.Id} stopped: Kill");
        (await kill.WaitForEffectAsync(Cancel)).ShouldBe(MessageEffect.Applied);
        (await handle.KillAsync(cancellationToken: Cancel)).Status.ShouldBe(ControlStatus.AlreadySo);
        (await handle.PauseAsync(cancellationToken: Cancel)).Status.ShouldBe(ControlStatus.RefusedTerminal);
    }

    [Fact]
    public async Task Kill_StepIgnoresItsToken_EndsAfterTheGracePeriodAndDropsTheLateResult()
    {
        var handle = await ProbeAsync("ignore");

        await handle.KillAsync(cancellationToken: Cancel);
        (await handle.PauseAsync(cancellationToken: Cancel)).Status.ShouldBe(ControlStatus.RefusedBeingKilled);
        var outcome = await handle.WaitAsync(Cancel);
        var version = (await handle.GetStatusAsync(Cancel)).Summary.Version;
        shared.Recorder.Open(handle.Id);
        await (
            await shared.Client.StartAsync(Types.Hello, new HelloInput("after"), cancellationToken: Cancel)
        ).WaitAsync(Cancel);

        outcome.State.ShouldBe(ProcessState.Killed);
        (await handle.GetStatusAsync(Cancel)).Summary.Version.ShouldBe(version);
    }

    [Fact]
    public async Task Kill_Parent_KillsItsLiveChildren()
    {
        var parent = await shared.Client.StartAsync(Types.Parent, new WaitInput(), cancellationToken: Cancel);
        var child = shared.Client.GetHandle(parent.Id.Child(0, 0));
        await Eventually.TrueAsync("the child waits", async () =>
            (await shared.Store.LoadAsync(child.Id, Cancel))?.Row.State == ProcessState.Waiting);

        await parent.KillAsync("all of you", cancellationToken: Cancel);

        (await parent.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Killed);
        var outcome = await child.WaitAsync(Cancel);
        outcome.State.ShouldBe(ProcessState.Killed);
        outcome.Message!.ShouldContain(parent.Id.Value);
    }

    [Fact]
    public async Task Signal_SameIdTwice_HasOneEffect()
    {
        var handle = await WaiterAsync();

        (await handle.SignalAsync("other", "kept", "o-1", Cancel)).WasStored.ShouldBeTrue();
        (await handle.SignalAsync("other", "kept", "o-1", Cancel)).WasStored.ShouldBeFalse();
        (await handle.SignalAsync("go", "first", "g-1", Cancel)).WasStored.ShouldBeTrue();

        (await handle.GetResultAsync(Cancel)).Got.ShouldBe("first");
        await Should.ThrowAsync<InvalidProcessStateException>(() => handle.SignalAsync("go", "late", "g-2", Cancel));
    }

    [Fact]
    public async Task F06_Signals_OfOneName_ArriveInTheirOrder()
    {
        var handle = await shared.Client.StartAsync(
            Types.Collect,
            new HelloInput("order", 50),
            new StartOptions { Paused = true },
            Cancel);
        for (var i = 0; i < 50; i++)
        {
            await handle.SignalAsync("item", i, cancellationToken: Cancel);
        }

        await handle.PlayAsync(cancellationToken: Cancel);

        (await handle.GetResultAsync(Cancel)).Text.ShouldBe(string.Join(",", Enumerable.Range(0, 50)));
    }

    [Fact]
    public async Task Activation_EndedInMidOutline_ComesBackWhereItWas()
    {
        var handle = await shared.Client.StartAsync(
            Types.Collect,
            new HelloInput("outline", 3),
            cancellationToken: Cancel);
        for (var i = 0; i < 3; i++)
        {
            var steps = i;
            await Eventually.TrueAsync($"it waits for item {i}", async () =>
                await handle.GetStatusAsync(Cancel) is { Summary.State: ProcessState.Waiting } status
                && status.StepsCompleted == steps + 1);
            await shared.Whole.Cluster.DeactivateAsync(
                shared.Whole.Cluster.Client.GetGrain<IProcessGrain>(handle.Id.Value));
            await handle.SignalAsync("item", i, cancellationToken: Cancel);
        }

        (await handle.GetResultAsync(Cancel)).Text.ShouldBe("0,1,2");
    }

    [Fact]
    public async Task Start_Paused_RunsNothingUntilPlayed()
    {
        var handle = await shared.Client.StartAsync(
            Types.Hello,
            new HelloInput("x"),
            new StartOptions { Paused = true },
            Cancel);

        var status = await handle.GetStatusAsync(Cancel);
        await handle.PlayAsync(cancellationToken: Cancel);

        status.Summary.State.ShouldBe(ProcessState.Created);
        status.Summary.Paused.ShouldBeTrue();
        (await handle.WaitAsync(Cancel)).IsSuccess.ShouldBeTrue();
    }

    private async Task<ProcessHandle<ProbeOutput>> ProbeAsync(string kind)
    {
        var handle = await shared.Client.StartAsync(Types.Probe, new ProbeInput(kind), cancellationToken: Cancel);
        await shared.Recorder.EnteredAsync(handle.Id);
        return handle;
    }

    private async Task<ProcessHandle<WaitOutput>> WaiterAsync()
    {
        var handle = await shared.Client.StartAsync(Types.Wait, new WaitInput(), cancellationToken: Cancel);
        await Eventually.TrueAsync("it waits", async () =>
            (await handle.GetStatusAsync(Cancel)).Summary.State == ProcessState.Waiting);
        return handle;
    }
}
