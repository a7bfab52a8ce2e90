using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Unit.Engine;

/// <summary>
/// plumpy's confirmed defects N1 to N8 and N11b, turned round; N14 and N15 are among the children, N18 among the steps.
/// </summary>
public sealed class DefectTests
{
    [Fact]
    public void N1_PauseThenKillInOneTurnWhileWaiting_IsKilled()
    {
        var machine = Machine.Waiting(A.AwaitSignal());
        machine.Put(MessageKind.Pause, "wait a moment");
        machine.Put(MessageKind.Kill, "not wanted");

        machine.Deliver();

        machine.Row.State.ShouldBe(ProcessState.Killed);
        machine.Row.Paused.ShouldBeFalse();
        machine.State.Outcome!.Message.ShouldBe("not wanted");
        machine.Row.ExitCode.ShouldBe(EngineExitCodes.Killed);
    }

    [Fact]
    public void N2_TwoKillsWhileWaiting_KeepTheFirstText()
    {
        var machine = Machine.Waiting(A.AwaitSignal());
        var first = machine.Put(MessageKind.Kill, "first");
        var second = machine.Put(MessageKind.Kill, "second");

        machine.Deliver();

        machine.State.Outcome!.Message.ShouldBe("first");
        machine.Row.StatusText.ShouldBe("first");
        machine.SeenOf(first.MessageId).ShouldBe(MessageSeen.Consumed);
        machine.SeenOf(second.MessageId).ShouldBe(MessageSeen.Consumed, "both are told that it was killed");
    }

    [Fact]
    public void N3_PauseThenPlayInOneTurn_IsNotPaused()
    {
        var machine = Machine.Waiting(A.AwaitSignal());
        machine.Put(MessageKind.Pause);
        machine.Put(MessageKind.Play);

        machine.Deliver();

        machine.Row.Paused.ShouldBeFalse();
        machine.Row.State.ShouldBe(ProcessState.Waiting);
    }

    [Fact]
    public void N4_PauseThenSignalInOneTurn_DeliversTheSignalAfterPlay()
    {
        var machine = Machine.Waiting(A.AwaitSignal());
        machine.Put(MessageKind.Pause);
        machine.Put(MessageKind.Signal, "paid", "42");
        machine.Deliver();
        machine.Row.ShouldSatisfyAllConditions(
            row => row.Paused.ShouldBeTrue(),
            row => row.State.ShouldBe(ProcessState.Waiting));

        machine.CrashAndPickUp();
        machine.Send(MessageKind.Play);

        machine.Runs[^1].ShouldBe(("OnSignal", 1, 1, "42"));
    }

    [Fact]
    public void N5_SignalThenPauseInOneTurn_HonoursBoth()
    {
        var machine = Machine.Waiting(A.AwaitSignal());
        machine.Put(MessageKind.Signal, "paid", "42");
        machine.Put(MessageKind.Pause);
        machine.Deliver();
        machine.Row.Paused.ShouldBeTrue();

        machine.Send(MessageKind.Play);

        machine.Runs[^1].ShouldBe(("OnSignal", 1, 1, "42"));
    }

    [Fact]
    public void N6_KillThenPauseDuringAStep_IsKilled()
    {
        var machine = Machine.Start();
        machine.Send(MessageKind.Kill, "stop");
        machine.ToldToStop.ShouldBeTrue();
        machine.Send(MessageKind.Pause);
        machine.Send(MessageKind.Play);

        machine.Return(A.Next());

        machine.Row.State.ShouldBe(ProcessState.Killed);
        machine.Row.Paused.ShouldBeFalse();
        machine.Runs.Count.ShouldBe(1);
        machine.State.Doomed.ShouldBeFalse();
        machine.Checkpoint.Step.ShouldBe(0, "the result of a step that is being killed is dropped");
    }

    [Fact]
    public void N7_KillWhilePaused_EndsAndLaterPlayIsRefused()
    {
        var machine = Machine.Waiting(A.AwaitSignal());
        machine.Send(MessageKind.Pause);

        machine.Send(MessageKind.Kill, "enough");
        var late = machine.Put(MessageKind.Play);
        machine.Deliver();

        machine.Row.State.ShouldBe(ProcessState.Killed);
        machine.Row.StatusText.ShouldBe("enough");
        machine.SeenOf(late.MessageId).ShouldBe(MessageSeen.Refused);
    }

    [Fact]
    public void N8_StepThatReturnsAfterItWasGivenUp_IsDropped()
    {
        var machine = Machine.Start();
        machine.Send(MessageKind.Kill, "now");
        machine.Feed(new ProcessEvent.GraceElapsed());
        machine.Row.State.ShouldBe(ProcessState.Killed);
        machine.Last.Actions.ShouldContain(new EngineAction.DropStep());

        machine.Return(A.End());

        machine.Row.State.ShouldBe(ProcessState.Killed);
        machine.Last.Commit.ShouldBeNull();
    }

    [Fact]
    public void N11b_StepThatFailsWhileAKillIsPending_IsKilledWithTheError()
    {
        var machine = Machine.Start();
        machine.Send(MessageKind.Kill, "stop");

        machine.Fail(retryAfter: TimeSpan.Zero);

        machine.Row.State.ShouldBe(ProcessState.Killed);
        machine.State.Outcome!.Message.ShouldBe("stop");
        machine.State.Outcome!.Failure.ShouldBe(A.Failure());
    }

    [Fact]
    public void N11b_StepThatFailsWhileAPauseIsPending_IsExceptedAndNotPaused()
    {
        var machine = Machine.Start();
        var pause = machine.Put(MessageKind.Pause);
        machine.Deliver();

        machine.Fail();

        machine.Row.State.ShouldBe(ProcessState.Excepted);
        machine.Row.Paused.ShouldBeFalse();
        machine.SeenOf(pause.MessageId).ShouldBe(MessageSeen.Refused);
        machine.State.Outcome!.Failure.ShouldBe(A.Failure());
    }
}
