using System.Text;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Unit.Engine;

/// <summary>Signals, timers and deadlines.</summary>
public sealed class WaitTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void DelayedStart_IsCreatedUntilItsTime()
    {
        var machine = Machine.Start(delay: Minute);
        machine.Row.State.ShouldBe(ProcessState.Created);
        machine.Row.DueAt.ShouldBe(A.Noon + Minute);

        machine.After(Minute);

        machine.Runs.ShouldBe([("First", 0, 1, null)]);
    }

    [Fact]
    public void Timer_FiresAtItsTimeAndNotBefore()
    {
        var machine = Machine.Waiting(new Directive.AwaitTime(Minute, "OnTime"));
        machine.After(Minute - TimeSpan.FromMilliseconds(1));
        machine.Row.State.ShouldBe(ProcessState.Waiting);

        machine.After(TimeSpan.FromMilliseconds(1));

        machine.Runs[^1].Position.ShouldBe("OnTime");
    }

    [Fact]
    public void Timer_ThatElapsesDuringAPause_FiresOnPlay()
    {
        var machine = Machine.Waiting(new Directive.AwaitTime(Minute, "OnTime"));
        machine.Send(MessageKind.Pause);
        machine.After(2 * Minute);
        machine.Row.State.ShouldBe(ProcessState.Waiting);

        machine.Send(MessageKind.Play);

        machine.Runs[^1].Position.ShouldBe("OnTime");
    }

    [Fact]
    public void Timer_PausedAndPlayedBeforeItsTime_IsDueAsBefore()
    {
        var machine = Machine.Waiting(new Directive.AwaitTime(Minute, "OnTime"));
        machine.Send(MessageKind.Pause);
        machine.Row.DueAt.ShouldBeNull();

        machine.Send(MessageKind.Play);

        machine.Row.DueAt.ShouldBe(A.Noon + Minute);
    }

    [Fact]
    public void Signals_BeforeTheWait_AreKeptAndDeliveredInOrder()
    {
        var machine = Machine.Waiting(A.AwaitSignal("other"));
        machine.Signal("paid", "1");
        machine.Signal("paid", "2");
        machine.Signal("other", "0");
        machine.CrashAndPickUp();

        machine.Return(A.AwaitSignal());
        machine.Return(A.AwaitSignal());

        machine
            .Runs.Where(static run => run.Position == "OnSignal")
            .Select(static run => run.Args)
            .Distinct()
            .ShouldBe(["0", "1", "2"]);
        machine.History.Count(static happened => happened.Kind == HistoryKind.MessageKept).ShouldBe(2);
    }

    [Fact]
    public void Signals_ThatBecomeVisibleLate_AreTakenInTheirOrder()
    {
        var machine = Machine.Start();
        var first = machine.Put(MessageKind.Signal, "paid", "1");
        var second = machine.Put(MessageKind.Signal, "paid", "2");
        machine.Feed(new ProcessEvent.MessagesArrived([second]));
        machine.Feed(new ProcessEvent.MessagesArrived([first, second]));

        machine.Return(A.AwaitSignal());

        machine.Runs[^1].Args.ShouldBe("1");
    }

    [Fact]
    public void Signal_DeliveredTwice_EndsOneWait()
    {
        var machine = Machine.Waiting(A.AwaitSignal());
        var signal = machine.Put(MessageKind.Signal, "paid", "1");
        machine.Feed(new ProcessEvent.MessagesArrived([signal]), new ProcessEvent.MessagesArrived([signal]));

        machine.Return(A.AwaitSignal());

        machine.Row.State.ShouldBe(ProcessState.Waiting);
        machine.Runs.Count.ShouldBe(2);
    }

    [Fact]
    public void Signal_WithoutPayload_GivesTheStepNoArgument()
    {
        var machine = Machine.Waiting(A.AwaitSignal());

        machine.Send(MessageKind.Signal, "paid");

        machine.Runs[^1].ShouldBe(("OnSignal", 1, 1, null));
    }

    [Fact]
    public void Signal_ThatDoesNotComeInTime_RunsTheOtherStep()
    {
        var machine = Machine.Waiting(A.AwaitSignal(timeout: Minute));

        machine.After(Minute);

        machine.Runs[^1].Position.ShouldBe("OnTimeout");
        machine.Signal();
        machine.Open.Count.ShouldBe(1, "a signal after its timeout is kept for the next wait");
    }

    [Fact]
    public void Signal_ThatIsThereWhenItsTimeoutIsDue_Wins()
    {
        var machine = Machine.Waiting(A.AwaitSignal(timeout: Minute));
        machine.Pass(Minute);

        machine.Signal();

        machine.Runs[^1].Position.ShouldBe("OnSignal");
    }

    [Fact]
    public void Deadline_WhileWaiting_Kills()
    {
        var machine = Machine.Start(deadline: Minute);
        machine.Return(A.AwaitSignal());
        machine.Row.DueAt.ShouldBe(A.Noon + Minute);

        machine.After(Minute);

        machine.Row.State.ShouldBe(ProcessState.Killed);
        machine.Row.ExitCode.ShouldBe(EngineExitCodes.DeadlineExceeded);
    }

    [Theory]
    [InlineData(1, 2, 1)]
    [InlineData(2, 1, 1)]
    public void Deadline_AndTheTimeOfAWait_TheEarlierOneIsDue(int deadline, int until, int due)
    {
        foreach (
            var wait in (Directive[])
                [new Directive.AwaitTime(until * Minute, "OnTime"), A.AwaitSignal(timeout: until * Minute)])
        {
            var machine = Machine.Start(deadline: deadline * Minute);
            machine.Return(wait);

            machine.Row.DueAt.ShouldBe(A.Noon + (due * Minute));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData(" null\n")]
    public void SignalWithoutAPayload_ForAStepThatNeedsOne_IsAnIncidentAndLeavesTheWait(string payload)
    {
        var machine = Machine.Waiting(A.AwaitSignal());
        var needs = new EngineContext(A.Noon, "silo-1:1", Guid.CreateVersion7(), "First", 3)
        {
            NeededArguments = new Dictionary<string, string> { ["OnSignal"] = "int" },
        };
        var signal = new InboxMessage
        {
            Receiver = A.Id,
            MessageId = "s:1",
            Kind = MessageKind.Signal,
            Name = "paid",
            Payload = Encoding.UTF8.GetBytes(payload),
            Sequence = 1,
            SentAt = A.Noon,
        };

        var stopped = ProcessEngine.Decide(machine.State, [new ProcessEvent.MessagesArrived([signal])], needs);
        var elsewhere = ProcessEngine.Decide(
            machine.State,
            [new ProcessEvent.MessagesArrived([signal])],
            needs with
            {
                NeededArguments = null,
            });

        stopped.Next.Row.State.ShouldBe(ProcessState.Waiting);
        stopped.Next.Checkpoint.Wait.ShouldBeOfType<WaitState.Signal>().Name.ShouldBe("paid");
        stopped.Next.Checkpoint.Incident.ShouldNotBeNull().Text.ShouldBe(
            "The signal 'paid' has come without a payload, and the step 'OnSignal' needs one of the type int.");
        elsewhere.Next.Checkpoint.Position.ShouldBe("OnSignal");
    }

    /// <summary>
    /// A scan's time, or a clock that is in doubt, may be ahead of the time that has surely come: waits go by the one,
    /// deadlines by the other.
    /// </summary>
    [Fact]
    public void Deadline_ThatHasPerhapsPassed_KillsOnlyWhenItSurelyHas()
    {
        var machine = Machine.Start(deadline: Minute);
        machine.Return(new Directive.AwaitTime(Minute, "OnTime"));
        var perhaps = new EngineContext(A.Noon + Minute, "silo-1:1", Guid.CreateVersion7(), "First", 3)
        {
            Surely = A.Noon + Minute - TimeSpan.FromSeconds(1),
        };

        var early = ProcessEngine.Decide(machine.State, [new ProcessEvent.TimePassed()], perhaps);
        var due = ProcessEngine.Decide(
            machine.State,
            [new ProcessEvent.TimePassed()],
            perhaps with
            {
                Surely = A.Noon + Minute,
            });

        (early.Next.Row.State, early.Next.Checkpoint.Position).ShouldBe((ProcessState.Running, "OnTime"));
        due.Next.Row.ExitCode.ShouldBe(EngineExitCodes.DeadlineExceeded);
    }

    [Fact]
    public void Deadline_WhileAStepRuns_StopsItAndDropsItsResult()
    {
        var machine = Machine.Start(deadline: Minute);
        machine.After(Minute);
        machine.ToldToStop.ShouldBeTrue();
        machine.Row.State.ShouldBe(ProcessState.Running);

        machine.Return(A.End());

        machine.Row.ExitCode.ShouldBe(EngineExitCodes.DeadlineExceeded);
        machine.Row.Output.ShouldBeNull();
    }

    [Fact]
    public void Deadline_WhilePaused_KillsOnPlay()
    {
        var machine = Machine.Start(deadline: Minute);
        machine.Send(MessageKind.Pause);
        machine.Return(A.AwaitSignal());
        machine.After(2 * Minute);
        machine.Row.State.ShouldBe(ProcessState.Waiting);

        machine.Send(MessageKind.Play);

        machine.Row.State.ShouldBe(ProcessState.Killed);
        machine.Row.ExitCode.ShouldBe(EngineExitCodes.DeadlineExceeded);
    }

    [Fact]
    public void NextTime_OfAStepThatWasToldToStopAtItsDeadline_IsNotThePast()
    {
        var machine = Machine.Start(deadline: Minute);

        machine.After(2 * Minute);

        (machine.State.NextTime <= machine.Now).ShouldBeFalse(
            "the lane sets a timer for that time, and finds nothing to do again and again");
    }

    [Fact]
    public void NextTime_OfAStepNobodyHasTakenOver_IsItsDeadline()
    {
        var machine = Machine.Start(deadline: Minute);

        machine.Crash();

        machine.State.NextTime.ShouldBe(A.Noon + Minute, "it may wait long for the slot of suspects");
    }

    [Theory]
    [InlineData("delay")]
    [InlineData("timeout")]
    [InlineData("retry")]
    public void Wait_PastTheEndOfTheCalendar_IsForEver(string what)
    {
        var machine = Machine.Start();

        machine.Feed(what switch
        {
            "delay" => A.Returned(new Directive.AwaitTime(TimeSpan.MaxValue, "OnTime")),
            "timeout" => A.Returned(A.AwaitSignal(timeout: TimeSpan.MaxValue)),
            _ => A.Failed(retryAfter: TimeSpan.MaxValue),
        });

        machine.Row.State.ShouldBe(ProcessState.Waiting);
    }

    [Fact]
    public void Start_WithADeadlinePastTheEndOfTheCalendar_HasNone() =>
        Should.NotThrow(static () => Machine.Start(deadline: TimeSpan.MaxValue));
}
