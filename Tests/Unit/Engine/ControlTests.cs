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

    /// <summary>Its status said so while it waited, and an operator looks for it when it is killed.</summary>
    [Theory]
    [InlineData("signal", "OnSignal")]
    [InlineData("time", "OnTime")]
    [InlineData("children", "OnChildren")]
    [InlineData("retry", "First")]
    public void Kill_OfAProcessThatWaits_LeavesItWhereItWaited(string wait, string position)
    {
        var machine = Machine.Start();
        machine.Feed(wait switch
        {
            "signal" => A.Returned(A.AwaitSignal()),
            "time" => A.Returned(new Directive.AwaitTime(TimeSpan.FromMinutes(1), "OnTime")),
            "children" => A.Returned(A.AwaitChildren(2)),
            _ => A.Failed(TimeSpan.FromMinutes(1)),
        });
        machine.Row.State.ShouldBe(ProcessState.Waiting);
        machine.Checkpoint.GoesOnAt.ShouldBe(position);

        machine.Send(MessageKind.Kill);

        (machine.Row.State, machine.Position).ShouldBe((ProcessState.Killed, position));
    }

    /// <summary>A remedy comes behind it, whatever the message of the code that failed ends with.</summary>
    [Theory]
    [InlineData("no part", "The step 'First' failed: no part.")]
    [InlineData("No part.", "The step 'First' failed: No part.")]
    [InlineData("It is:\n", "The step 'First' failed: It is.")]
    [InlineData("No part!", "The step 'First' failed: No part!")]
    public void Incident_WhateverTheMessage_SaysASentence(string message, string text)
    {
        var machine = Machine.Start();

        machine.Feed(A.Failed(asIncident: true) with { Failure = A.Failure(message) });

        machine.Checkpoint.Incident!.Text.ShouldBe(text);
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

    /// <summary>The id is what tells its sender's signals apart, and what 'owf drop' and the waits name.</summary>
    [Fact]
    public void Signal_ThatComesTooLate_IsRefusedWithItsId()
    {
        var machine = Machine.Waiting(A.AwaitSignal());
        machine.Send(MessageKind.Signal, "other");
        var kept = EngineIds.GivenTo(machine.Open.ShouldHaveSingleItem());

        machine.Send(MessageKind.Kill);

        machine.History.ShouldContain(e =>
            e.Kind == HistoryKind.MessageRefused && e.Text == $"signal 'other' with the id {kept}");
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
