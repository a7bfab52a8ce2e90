using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Unit.Engine;

/// <summary>Results, retries and incidents.</summary>
public sealed class StepTests
{
    [Fact]
    public void Return_StoresTheContextAndSchedulesTheNextStep()
    {
        var machine = Machine.Start();

        machine.Return(A.Next("Second", "[1]"), context: "{\"packed\":1}", status: "packed");

        machine.Runs[^1].ShouldBe(("Second", 1, 1, "[1]"));
        machine.Checkpoint.Context.ShouldBe(A.Json("{\"packed\":1}"));
        machine.Row.StatusText.ShouldBe("packed");
    }

    [Fact]
    public void End_IsFinishedWithItsOutput()
    {
        var machine = Machine.Waiting(A.End("{\"n\":1}"));

        machine.State.Outcome!.ShouldSatisfyAllConditions(
            outcome => outcome.IsSuccess.ShouldBeTrue(),
            outcome => outcome.Output.ShouldBe("{\"n\":1}"u8.ToArray()),
            outcome => outcome.Message.ShouldBeNull());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("false")]
    [InlineData("\"\"")]
    public void N18_ArgumentThatLooksLikeNothing_DoesNotEndTheProcess(string args)
    {
        var machine = Machine.Waiting(A.Next("Second", args));

        machine.Runs[^1].ShouldBe(("Second", 1, 1, args));
    }

    [Fact]
    public void Fail_WithARetry_WaitsAndTriesTheSameStepAgain()
    {
        var machine = Machine.Waiting(A.Next("Second", "[1]"));

        machine.Fail(retryAfter: TimeSpan.FromSeconds(4));
        machine.Row.DueAt.ShouldBe(A.Noon + TimeSpan.FromSeconds(4));
        machine.Explanation.ShouldStartWith("The next attempt of the step 'Second' at 2026-03-01T12:00:04");
        machine.CrashAndPickUp();
        machine.After(TimeSpan.FromSeconds(4));

        machine.Runs.ShouldBe([("First", 0, 1, null), ("Second", 1, 1, "[1]"), ("Second", 1, 2, "[1]")]);
        machine.Checkpoint.Failures.ShouldBe(1);
    }

    [Fact]
    public void Fail_WithARetryAtOnce_RunsAgainInTheSameTurn()
    {
        var machine = Machine.Start();

        machine.Fail(retryAfter: TimeSpan.Zero);

        machine.Runs[^1].ShouldBe(("First", 0, 2, null));
    }

    [Fact]
    public void Fail_ForGood_IsExcepted()
    {
        var machine = Machine.Start();

        machine.Fail();

        machine.Row.State.ShouldBe(ProcessState.Excepted);
        machine.Row.ExitCode.ShouldBe(EngineExitCodes.Excepted);
    }

    [Fact]
    public void Incident_IsPausedAndPlayTriesAgain()
    {
        var machine = Machine.Start();
        machine.Fail(asIncident: true);
        machine.Row.ShouldSatisfyAllConditions(
            row => row.State.ShouldBe(ProcessState.Running),
            row => row.Paused.ShouldBeTrue(),
            row => row.Incident.ShouldBe(IncidentCode.StepFailed));
        machine.Explanation.ShouldStartWith("An operator: The step 'First' failed: the card was declined");

        machine.CrashAndPickUp();
        machine.Running.ShouldBeNull();
        machine.Send(MessageKind.Play);

        machine.Runs[^1].ShouldBe(("First", 0, 2, null));
        machine.Row.Incident.ShouldBeNull();
        machine.Checkpoint.Failures.ShouldBe(0, "the retries begin anew");
    }

    [Fact]
    public void Incident_KeepsTheFailureThroughTheStore()
    {
        var machine = Machine.Start();
        var failure = A.Failure() with { StackTrace = "   at Cards.Charge()", Inner = A.Failure("no money") };

        machine.Feed(new ProcessEvent.StepFailed(failure, Retry: null, AsIncident: true));
        machine.CrashAndPickUp();

        machine.Checkpoint.Incident!.Failure.ShouldBe(failure);
    }

    [Fact]
    public void Incident_OfAFault_KeepsItsFailure()
    {
        var machine = Machine.Start();

        machine.Feed(A.Fault(IncidentCode.PayloadUnreadable) with { Failure = A.Failure() });

        machine.Checkpoint.Incident!.Failure.ShouldBe(A.Failure());
    }

    [Fact]
    public void Play_SentBeforeTheIncident_DoesNotResolveIt()
    {
        var machine = Machine.Start();
        machine.Send(MessageKind.Pause);
        machine.Send(MessageKind.Play);

        machine.Fail(asIncident: true);

        machine.Row.Incident.ShouldBe(IncidentCode.StepFailed, "whoever played did not know of it");
    }

    [Fact]
    public void Play_SentBeforeAStepWasGivenUp_DoesNotStartAnotherBesideIt()
    {
        var machine = Machine.Start();
        machine.Send(MessageKind.Play);

        machine.Feed(new ProcessEvent.GraceElapsed());

        machine.Row.Incident.ShouldBe(IncidentCode.StepIgnoredCancellation);
        machine.Running.ShouldBeNull("the old attempt still runs");
    }

    [Fact]
    public void Fault_WhileWaiting_IsAnIncidentAndPlayGoesOnWaiting()
    {
        var machine = Machine.Waiting(A.AwaitSignal());
        machine.Feed(A.Fault(IncidentCode.NotRunnable));

        machine.Send(MessageKind.Play);

        machine.Row.State.ShouldBe(ProcessState.Waiting);
        machine.Signal();
        machine.Runs[^1].Position.ShouldBe("OnSignal");
    }

    [Fact]
    public void Fault_OfAPausedProcess_ChangesNothing()
    {
        var machine = Machine.Start(paused: true);

        machine.Feed(A.Fault());

        machine.Last.Commit.ShouldBeNull();
    }
}
