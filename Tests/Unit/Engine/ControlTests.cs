using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Unit.Engine;

/// <summary>Pause, play and kill while a step runs, while it waits, on incidents and after the end.</summary>
public sealed class ControlTests
{
    [Fact]
    public void Pause_DuringAStep_TakesEffectAfterItsTransition()
    {
        var machine = Machine.Start();
        var pause = machine.Put(MessageKind.Pause, "for lunch");
        machine.Deliver();
        machine.SeenOf(pause.MessageId).ShouldBe(MessageSeen.Unseen, "so that a crash does not lose it");

        machine.Return(A.Next());

        machine.Row.ShouldSatisfyAllConditions(
            row => row.State.ShouldBe(ProcessState.Running),
            row => row.Paused.ShouldBeTrue(),
            row => row.StatusText.ShouldBe("for lunch"));
        machine.Position.ShouldBe("Second");
        machine.Running.ShouldBeNull();
        machine.Explanation.ShouldBe("To be played: it is paused (for lunch).");
    }

    [Theory]
    [InlineData(MessageKind.Pause, MessageKind.Play, false)]
    [InlineData(MessageKind.Play, MessageKind.Pause, true)]
    public void PauseAndPlay_DuringAStep_TheLastOneStays(MessageKind first, MessageKind second, bool paused)
    {
        var machine = Machine.Start();
        machine.Send(first);
        machine.Send(second);

        machine.Return(A.Next());

        machine.Row.Paused.ShouldBe(paused);
        machine.Runs.Count.ShouldBe(paused ? 1 : 2);
        machine.Open.ShouldBeEmpty();
    }

    [Fact]
    public void PausePlaySignal_DuringAStepThatThenWaits_DeliversTheSignal()
    {
        var machine = Machine.Start();
        machine.Send(MessageKind.Signal, "paid", "1");
        machine.Send(MessageKind.Pause);
        machine.Send(MessageKind.Play);

        machine.Return(A.AwaitSignal());

        machine.Runs[^1].ShouldBe(("OnSignal", 1, 1, "1"));
    }

    [Fact]
    public void Play_RestoresTheStatusFromBeforeThePause()
    {
        var machine = Machine.Start();
        machine.Return(A.AwaitSignal(), status: "packing");
        machine.Send(MessageKind.Pause, "for lunch");
        machine.Send(MessageKind.Pause, "for a long lunch");
        machine.Row.StatusText.ShouldBe("for a long lunch", "N28: the last text wins");

        machine.Send(MessageKind.Play);

        machine.Row.StatusText.ShouldBe("packing");
    }

    [Fact]
    public void Play_AfterAPauseOnAnIncident_RestoresTheStatus()
    {
        var machine = Machine.Start();
        machine.Return(A.Next(), status: "packing");
        machine.Fail(asIncident: true);
        machine.Send(MessageKind.Pause, "I look at it");

        machine.Send(MessageKind.Play);

        machine.Row.StatusText.ShouldBe("packing");
    }

    [Fact]
    public void Kill_WithoutAText_OfAPausedProcess_LeavesNotThePausesText()
    {
        var machine = Machine.Start();
        machine.Return(A.AwaitSignal(), status: "packing");
        machine.Send(MessageKind.Pause, "for lunch");

        machine.Send(MessageKind.Kill);

        machine.Row.StatusText.ShouldBe("packing");
    }

    [Fact]
    public void Kill_AfterTheEnd_IsRefusedAndChangesNothing()
    {
        var machine = Machine.Waiting(A.End());
        var outcome = machine.State.Outcome;

        machine.Send(MessageKind.Kill, "too late");

        machine.State.Outcome.ShouldBe(outcome);
        machine.History[^1].Kind.ShouldBe(HistoryKind.MessageRefused);
    }

    [Fact]
    public void Message_ThatWasTakenInThisTurn_IsNotTakenAgain()
    {
        var machine = Machine.Start();
        machine.Send(MessageKind.Kill);

        machine.Feed(A.Failed(), new ProcessEvent.MessagesArrived(machine.Open));

        machine.Last.Commit!.Marks.Count.ShouldBe(1);
    }

    [Fact]
    public void PausedStart_StaysCreatedUntilItIsPlayed()
    {
        var machine = Machine.Start(paused: true);
        machine.After(TimeSpan.FromDays(1));
        machine.Row.State.ShouldBe(ProcessState.Created);

        machine.Send(MessageKind.Play);

        machine.Row.State.ShouldBe(ProcessState.Running);
        machine.Runs.ShouldBe([("First", 0, 1, null)]);
    }
}
