using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Unit.Engine;

/// <summary>Steps that are cut short: crashes, releases and grace periods.</summary>
public sealed class InterruptionTests
{
    [Fact]
    public void Crash_IsCountedAndRaisesTheAttempt()
    {
        var machine = Machine.Start();

        machine.CrashAndPickUp();

        machine.Runs[^1].ShouldBe(("First", 0, 2, null));
        machine.Checkpoint.Crashes.ShouldBe(1);
        machine.Row.Owner.ShouldBe("silo-2:1");
        machine.History[^1].Kind.ShouldBe(HistoryKind.Resumed);
    }

    [Fact]
    public void Crash_OfAProcessThatWasNotTakenOver_StaysWithItsOwner()
    {
        var machine = Machine.Start();
        machine.Crash();

        machine.Signal();

        machine.Row.Owner.ShouldBe("silo-1:1");
        machine.Running.ShouldBeNull();
        machine.Checkpoint.Attempt.ShouldBe(1);
    }

    [Fact]
    public void Release_IsNoCrash()
    {
        var machine = Machine.Start();
        machine.Feed(new ProcessEvent.StepReleased());
        machine.Row.Owner.ShouldNotBeNull();
        machine.Running.ShouldBeNull();

        machine.CrashAndPickUp();

        machine.Checkpoint.Crashes.ShouldBe(0);
        machine.Runs[^1].ShouldBe(("First", 0, 2, null));
    }

    [Fact]
    public void Crash_AfterAReleaseThatBecameAnIncident_IsCounted()
    {
        var machine = Machine.Start();
        machine.Feed(new ProcessEvent.StepReleased());
        machine.Crash();
        machine.Feed(A.Fault(IncidentCode.NotRunnable));
        machine.Send(MessageKind.Play);

        machine.CrashAndPickUp();

        machine.Checkpoint.Crashes.ShouldBe(1);
    }

    [Fact]
    public void Crashes_MakeASuspectAndThenAnIncident()
    {
        var machine = Machine.Start();
        machine.CrashAndPickUp();
        machine.CrashAndPickUp();
        machine.Checkpoint.Crashes.ShouldBe(ProcessEngine.SuspectCrashes);

        machine.CrashAndPickUp();

        machine.Row.Incident.ShouldBe(IncidentCode.CrashLoop);
        machine.Runs.Count.ShouldBe(ProcessEngine.MaxCrashes);
        machine.Send(MessageKind.Play);
        machine.Checkpoint.Crashes.ShouldBe(0);
        machine.Runs[^1].Attempt.ShouldBe(5);
    }

    [Fact]
    public void Crash_InCompanyOfOtherSuspects_IsNoProof_AndOneAloneIs()
    {
        var machine = Machine.Start();
        machine.CrashAndPickUp();
        machine.CrashAndPickUp(inCompany: true);

        machine.CrashAndPickUp();

        machine.Row.Incident.ShouldBeNull("it was one of several that were running");
        machine.Checkpoint.Crashes.ShouldBe(3);
        machine.Feed(new ProcessEvent.StepReleased());
        machine.CrashAndPickUp();
        machine.Row.Incident.ShouldBeNull("the last host stopped in order");
        machine.CrashAndPickUp();
        machine.Row.Incident.ShouldBe(IncidentCode.CrashLoop);
        machine.Checkpoint.Incident!.Text.ShouldContain("4 times");
    }

    [Fact]
    public void Suspect_ThatHasSurvivedAlone_IsInCompanyFromThenOn()
    {
        var machine = Machine.Start();
        machine.CrashAndPickUp();
        machine.CrashAndPickUp();
        machine.Feed(new ProcessEvent.Survived());
        machine.History[^1].Kind.ShouldBe(HistoryKind.Survived);

        machine.CrashAndPickUp();

        machine.Row.Incident.ShouldBeNull("others were let in beside it");
    }

    [Fact]
    public void Company_IsForgottenWithTheStep()
    {
        var machine = Machine.Start();
        machine.CrashAndPickUp();
        machine.CrashAndPickUp(inCompany: true);

        machine.Return(A.Next());

        machine.Checkpoint.InCompany.ShouldBeFalse("a step that follows has not been in any");
    }

    [Fact]
    public void Crashes_CountedByAPause_AreAnIncidentOnPlay()
    {
        var machine = Machine.Start();
        machine.CrashAndPickUp();
        machine.CrashAndPickUp();
        machine.Crash();
        machine.Send(MessageKind.Pause);

        machine.Send(MessageKind.Play);

        machine.Row.Incident.ShouldBe(
            IncidentCode.CrashLoop,
            "three hosts died of it, and a pause in between changes nothing");
    }

    [Fact]
    public void Crashes_AreForgottenAfterACompletedStepAndNotAfterAFailure()
    {
        var machine = Machine.Start();
        machine.CrashAndPickUp();
        machine.Fail(retryAfter: TimeSpan.Zero);
        machine.Checkpoint.Crashes.ShouldBe(1, "crashes are separate from retries; only a completed step clears them");

        machine.Return(A.Next());

        machine.Checkpoint.Crashes.ShouldBe(0);
    }

    [Fact]
    public void GraceElapsed_WithAKill_IsKilled()
    {
        var machine = Machine.Start();
        machine.Send(MessageKind.Kill);

        machine.Feed(new ProcessEvent.GraceElapsed());

        machine.Row.State.ShouldBe(ProcessState.Killed);
    }

    [Fact]
    public void GraceElapsed_AfterATimeout_IsAnIncidentAndTheLateResultIsDropped()
    {
        var machine = Machine.Start();
        machine.Feed(new ProcessEvent.GraceElapsed());
        machine.Row.Incident.ShouldBe(IncidentCode.StepIgnoredCancellation);

        machine.Return(A.Next());

        machine.Last.Commit.ShouldBeNull();
        machine.Position.ShouldBe("First");
    }
}
