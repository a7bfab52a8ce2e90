using System.Text;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Unit.Engine;

/// <summary>
/// What operators do beside pause, play and kill: continue, force, retry, skip, edit, the whole tree; and what steps
/// ask for themselves.
/// </summary>
public sealed class OperatorTests
{
    [Fact]
    public void Created_RunsNothingUntilItIsContinued()
    {
        var machine = Machine.Start(A.Start() with { Hold = true });
        machine.After(TimeSpan.FromDays(100));
        machine.Explanation.ShouldBe("To be continued: it was created and not started.");
        machine.Runs.ShouldBeEmpty();

        machine.CrashAndPickUp();
        machine.Send(MessageKind.Continue);
        machine.Send(MessageKind.Continue);

        machine.Runs.ShouldBe([("First", 0, 1, null)]);
    }

    [Fact]
    public void Continue_OfAPausedProcess_StartsItWhenItIsPlayed()
    {
        var machine = Machine.Start(delay: TimeSpan.FromDays(1), paused: true);

        machine.Send(MessageKind.Continue);
        machine.Runs.ShouldBeEmpty();
        machine.Send(MessageKind.Play);

        machine.Runs.ShouldHaveSingleItem();
    }

    [Fact]
    public void ForceKill_DuringAStep_EndsAtOnceAndDropsTheStep()
    {
        var machine = Machine.Start();

        machine.Send(MessageKind.ForceKill, "now");

        machine.Row.State.ShouldBe(ProcessState.Killed);
        machine.Row.StatusText.ShouldBe("now");
        machine.Last.Actions.ShouldContain(new EngineAction.DropStep());
        machine.Last.IsForced.ShouldBeTrue();
        machine.Return(A.End()).Commit.ShouldBeNull("N8: the late result is dropped");
    }

    [Fact]
    public void ForceKill_AfterAKill_EndsAtOnceWithTheFirstText()
    {
        var machine = Machine.Start();
        machine.Send(MessageKind.Kill, "first");
        machine.ToldToStop.ShouldBeTrue();

        machine.Send(MessageKind.ForceKill, "second");

        machine.State.Outcome!.Message.ShouldBe("first");
        machine.Open.ShouldBeEmpty();
    }

    [Fact]
    public void ForceKill_GoesOnToTheChildrenAsForce()
    {
        var machine = Machine.Waiting(A.AwaitChildren(2));

        machine.Send(MessageKind.ForceKill);

        machine.Last.Commit!.ToChildren.ShouldHaveSingleItem().Kind.ShouldBe(MessageKind.ForceKill);
    }

    [Theory]
    [InlineData(MessageKind.Pause)]
    [InlineData(MessageKind.Play)]
    public void PauseAndPlay_OfTheTree_GoOnToTheChildren(MessageKind control)
    {
        var machine = Machine.Waiting(A.AwaitChildren(2));

        machine.Send(control, "all of you", payload: "true");

        var told = machine.Last.Commit!.ToChildren.ShouldHaveSingleItem();
        told.ShouldSatisfyAllConditions(
            message => message.Kind.ShouldBe(control),
            message => message.Name.ShouldBe("all of you"),
            message => Encoding.UTF8.GetString(message.Payload).ShouldBe("true", "the children pass it on"),
            message => message.Sender.ShouldBe(A.Id));
    }

    [Fact]
    public void Pause_OfTheProcessAlone_TellsNoChild()
    {
        var machine = Machine.Waiting(A.AwaitChildren(2));

        machine.Send(MessageKind.Pause);

        machine.Last.Commit!.ToChildren.ShouldBeEmpty();
    }

    [Fact]
    public void Retry_OfAnIncident_TriesTheStepAgain()
    {
        var machine = WithIncident();

        machine.Send(MessageKind.Retry);

        machine.Runs[^1].ShouldBe(("First", 0, 2, null));
        machine.Checkpoint.Incident.ShouldBeNull();
    }

    [Fact]
    public void Retry_OfAnIncident_GivesTheStepAllItsAttemptsAgain()
    {
        var machine = Machine.Start();
        machine.Fail(retryAfter: TimeSpan.Zero);
        machine.Fail(asIncident: true);
        machine.Checkpoint.Failures.ShouldBe(1);

        machine.Send(MessageKind.Retry);

        machine.Checkpoint.Failures.ShouldBe(0, "the policy counts anew");
        machine.Checkpoint.Attempt.ShouldBe(3, "the key does not");
    }

    [Fact]
    public void Retry_WithoutAnIncident_IsRefused()
    {
        var machine = Machine.Waiting(A.AwaitSignal());
        machine.Send(MessageKind.Pause);
        var retry = machine.Put(MessageKind.Retry);

        machine.Deliver();

        machine.SeenOf(retry.MessageId).ShouldBe(MessageSeen.Refused);
        machine.Row.Paused.ShouldBeTrue();
    }

    [Fact]
    public void Retry_ThatWasSentBeforeTheIncident_DoesNotResolveIt()
    {
        var machine = Machine.Start();
        var retry = machine.Put(MessageKind.Retry);
        machine.Deliver();

        machine.Fail(asIncident: true);

        machine.SeenOf(retry.MessageId).ShouldBe(MessageSeen.Refused);
        machine.Checkpoint.Incident.ShouldNotBeNull();
    }

    [Fact]
    public void Skip_OfAnIncident_CountsTheStepAsCompletedWhenTheDefinitionSaysWhatComes()
    {
        var machine = WithIncident();

        machine.Send(MessageKind.Skip);
        machine.Checkpoint.Skipping.ShouldBeTrue();
        machine.CrashAndPickUp();
        machine.Checkpoint.Skipping.ShouldBeTrue("a crash does not run the step after all");
        machine.Return(A.Next());

        machine.Position.ShouldBe("Second");
        machine.Checkpoint.Step.ShouldBe(1);
        machine.Checkpoint.Skipping.ShouldBeFalse();
        machine.History.ShouldContain(happened => happened.Kind == HistoryKind.StepSkipped && happened.Text == "First");
    }

    [Fact]
    public void Skip_ToAStep_GoesOnThereAtOnce()
    {
        var machine = WithIncident();

        machine.Send(MessageKind.Skip, payload: "\"Third\"");

        machine.Runs[^1].ShouldBe(("Third", 1, 1, null));
    }

    [Fact]
    public void Skip_ToAStep_PassesTheArgumentOn()
    {
        var machine = Machine.Waiting(A.AwaitSignal());
        machine.Signal(payload: "7");
        machine.Feed(A.Fault());

        machine.Send(MessageKind.Skip, payload: "\"OnSignalUnderANewName\"");

        machine.Runs[^1].ShouldBe(("OnSignalUnderANewName", 2, 1, "7"));
    }

    [Fact]
    public void Skip_OfAProcessThatWaits_IsRefused()
    {
        var machine = Machine.Waiting(A.AwaitSignal());
        machine.Feed(A.Fault(IncidentCode.NotRunnable));
        var skip = machine.Put(MessageKind.Skip);

        machine.Deliver();

        machine.SeenOf(skip.MessageId).ShouldBe(MessageSeen.Refused);
    }

    [Fact]
    public void Edit_WhilePaused_MergesIntoTheContextAndIsAudited()
    {
        var machine = Machine.Start();
        machine.Return(A.Next(), context: """{"left":3,"note":"x","deep":{"a":1,"b":2}}""");
        machine.Fail(asIncident: true);

        machine.Send(MessageKind.Edit, "the stock was counted again", """{"left":5,"note":null,"deep":{"b":3}}""");

        Encoding
            .UTF8.GetString(machine.Checkpoint.Context!.Utf8)
            .ShouldBe("""{"left":5,"deep":{"a":1,"b":3}}""", "RFC 7396");
        machine
            .History[^1]
            .ShouldSatisfyAllConditions(
                happened => happened.Kind.ShouldBe(HistoryKind.ContextEdited),
                happened =>
                    happened.Text.ShouldBe("""the stock was counted again: {"left":5,"note":null,"deep":{"b":3}}"""));
        machine.Checkpoint.Incident.ShouldNotBeNull("it stays until the step is tried again");
    }

    [Fact]
    public void EditInput_WhilePaused_ChangesTheInputForGood_AndNotThatOfTheRow()
    {
        var machine = Machine.Start();
        machine.Fail(asIncident: true);

        machine.Send(MessageKind.EditInput, "a slip of the pen", """{"amount":13,"note":"x"}""");
        machine.Send(MessageKind.EditInput, payload: """{"note":null}""");
        machine.Crash();

        Encoding.UTF8.GetString(machine.Row.Input).ShouldBe("""{"amount":13}""", "what the next attempt gets");
        machine.Checkpoint.Incident.ShouldNotBeNull("it stays until the step is tried again");
        machine
            .History.Where(static happened => happened.Kind == HistoryKind.InputEdited)
            .Select(static happened => happened.Text)
            .ShouldBe(["""a slip of the pen: {"amount":13,"note":"x"}""", """no note: {"note":null}"""]);
    }

    [Fact]
    public void EditInput_OfARunningProcess_IsRefused()
    {
        var machine = Machine.Start();
        var edit = machine.Put(MessageKind.EditInput, payload: """{"amount":13}""");
        machine.Deliver();

        machine.Return(A.Next());

        machine.SeenOf(edit.MessageId).ShouldBe(MessageSeen.Refused);
        Encoding.UTF8.GetString(machine.Row.Input).ShouldBe("""{"amount":12}""");
    }

    [Fact]
    public void Edit_OfARunningProcess_IsRefused()
    {
        var machine = Machine.Start();
        var edit = machine.Put(MessageKind.Edit, payload: "{}");
        machine.Deliver();

        machine.Return(A.Next(), context: """{"left":3}""");

        machine.SeenOf(edit.MessageId).ShouldBe(MessageSeen.Refused);
        machine.Checkpoint.Context.ShouldBe(A.Json("""{"left":3}"""));
    }

    [Fact]
    public void StepThatAsksForAPause_IsFollowedByThePause()
    {
        var machine = Machine.Start();

        machine.Feed(
            A.Returned(A.Next()) with
            {
                Notes = new StepNotes { Control = MessageKind.Pause, ControlText = "look at it" },
            });

        machine.Position.ShouldBe("Second");
        machine.Row.Paused.ShouldBeTrue();
        machine.Row.StatusText.ShouldBe("look at it");
    }

    [Fact]
    public void StepThatAsksForAKill_KeepsItsOutputsAndNothingElse()
    {
        var machine = Machine.Start();
        var notes = new StepNotes
        {
            Control = MessageKind.Kill,
            ControlText = "no use",
            Outputs = A.Json("""{"tracking":"T1"}"""),
            Emitted = ["tracking"],
        };

        machine.Feed(A.Returned(A.AwaitChildren(3)) with { Notes = notes });

        machine.Row.State.ShouldBe(ProcessState.Killed);
        machine.Children.ShouldBeEmpty();
        Encoding.UTF8.GetString(machine.Row.Output!).ShouldBe("""{"tracking":"T1"}""");
    }

    [Fact]
    public void Outputs_ThatAStepEmitsWhileItIsKilled_AreKept()
    {
        var machine = Machine.Start();
        machine.Send(MessageKind.Kill);

        machine.Feed(
            A.Returned(A.Next()) with
            {
                Notes = new StepNotes { Outputs = A.Json("""{"tracking":"T1"}"""), Emitted = ["tracking"] },
            });

        machine.Row.State.ShouldBe(ProcessState.Killed);
        machine.Row.Output.ShouldNotBeNull();
    }

    [Fact]
    public void Reports_OfAFailedAttempt_AreKept()
    {
        var machine = Machine.Start();

        machine.Feed(
            A.Failed(TimeSpan.Zero) with
            {
                Reports = [new ReportLine(A.Noon, ReportLevel.Warning, "First", 1, "hot")],
            });

        machine.Reports.ShouldHaveSingleItem().Text.ShouldBe("hot");
    }

    [Fact]
    public void HookThatFails_EndsTheProcessWhateverItWasFor()
    {
        var machine = Machine.Waiting(A.AwaitSignal());
        var signal = machine.Put(MessageKind.Signal, "paid");

        machine.Feed(
            new ProcessEvent.HookFailed(A.Failure("the hook"), Notes: null),
            new ProcessEvent.MessagesArrived(machine.Open));

        machine.Row.State.ShouldBe(ProcessState.Excepted);
        machine.State.Outcome!.Message.ShouldBe("the hook");
        machine.SeenOf(signal.MessageId).ShouldBe(MessageSeen.Refused);
    }

    [Fact]
    public void Transitions_AreTold_WhenSomebodyListens()
    {
        var state = Machine.Start().State;
        var context = new EngineContext(A.Noon, "silo-1:1", Guid.Empty, "First", 3, IsObserved: true);

        var heard = ProcessEngine.Decide(state, [A.Returned(A.AwaitSignal())], context);
        var unheard = ProcessEngine.Decide(state, [A.Returned(A.AwaitSignal())], context with { IsObserved = false });

        heard.Transitions.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            transition => transition.Kind.ShouldBe(TransitionKind.Wait),
            transition => transition.From.ShouldBe(ProcessState.Running),
            transition => transition.To.ShouldBe(ProcessState.Waiting),
            transition => transition.Version.ShouldBe(2));
        unheard.Transitions.ShouldBeEmpty();
    }

    private static Machine WithIncident()
    {
        var machine = Machine.Start();
        machine.Fail(asIncident: true);
        return machine;
    }
}
