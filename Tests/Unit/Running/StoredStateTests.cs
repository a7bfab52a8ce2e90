using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Running;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Unit.Definitions;
using Orleans.Workflows.Unit.Engine;

namespace Orleans.Workflows.Unit.Running;

public sealed class StoredStateTests
{
    private static readonly EngineContext Context = new(A.Noon, "silo-2:1", Guid.Empty, "First", 3);
    private static readonly DefinitionRegistry Nobody = new([]);

    [Fact]
    public void Read_OfASoundRow_HasNoFault()
    {
        var state = StoredState.Read(new LoadedProcess(Machine.Start().Row, []), out var fault);

        fault.ShouldBeNull();
        state.NotTakenOver.ShouldBeTrue();
    }

    [Fact]
    public void Read_OfAnUnreadableCheckpoint_SaysSo()
    {
        StoredState.Read(new LoadedProcess(Broken(), []), out var fault);

        fault.ShouldNotBeNull().ShouldStartWith("its checkpoint cannot be read: ");
    }

    [Fact]
    public void Read_OfAnUnreadableCheckpointWithAKill_CanBeKilled()
    {
        var kill = new InboxMessage
        {
            Receiver = A.Id,
            MessageId = "c:1",
            Sequence = 1,
            Kind = MessageKind.Kill,
            SentAt = A.Noon,
        };
        var state = StoredState.Read(new LoadedProcess(Broken(), [kill]), out var fault);
        fault.ShouldBeNull();

        var decision = ProcessEngine.Decide(state, [new ProcessEvent.PickedUp()], Context);

        decision.Next.Row.State.ShouldBe(ProcessState.Killed);
        decision.Commit!.ToChildren.ShouldHaveSingleItem("it may have children");
    }

    [Fact]
    public void Quarantine_WithATextThatNoDatabaseKeeps_HasOneThatEachDoes()
    {
        var commit = StoredState.Quarantine(Broken(), "it said 'a\0b' and \ud800", Context)!;

        commit.Row.StatusText.ShouldBe("it said 'a\ufffdb' and \ufffd");
        StorableText.FaultOf(commit.Row.StatusText).ShouldBeNull();
    }

    [Fact]
    public void Quarantine_WithAFailure_ShowsItUntilItIsPlayed()
    {
        var row = StoredState
            .Quarantine(Machine.Start().Row, "each try fails", Context, IncidentCode.StateUnusable, A.Failure())!
            .Row;
        StoredState.Shown(row).Incident!.Failure.ShouldBe(A.Failure());
        var state = StoredState.Read(new LoadedProcess(row, []), out _);
        StoredState.IncidentOf(state)!.Failure.ShouldBe(A.Failure());

        var play = new InboxMessage
        {
            Receiver = row.Id,
            MessageId = "c:1",
            Sequence = 1,
            Kind = MessageKind.Play,
            SentAt = A.Noon,
        };
        var played = ProcessEngine.Decide(state, [new ProcessEvent.MessagesArrived([play])], Context).Next;

        played.Row.Failure.ShouldBeNull();
        StoredState.IncidentOf(played).ShouldBeNull();
    }

    [Fact]
    public void N23_Quarantine_PausesTheRowAndLeavesTheCheckpoint()
    {
        var row = Broken();

        var commit = StoredState.Quarantine(row, new string('x', 2_000), Context)!;

        commit.Row.ShouldSatisfyAllConditions(
            now => now.Paused.ShouldBeTrue(),
            now => now.Owner.ShouldBeNull(),
            now => now.Incident.ShouldBe(IncidentCode.PayloadUnreadable),
            now => now.Checkpoint.ShouldBe(row.Checkpoint),
            now => now.Version.ShouldBe(row.Version + 1),
            now => now.StatusText!.Length.ShouldBe(1_000));
        StoredState.Quarantine(commit.Row, "again", Context).ShouldBeNull();
    }

    [Fact]
    public void Play_AfterAQuarantineWasMended_IsANewAttempt()
    {
        var row = Machine.Start().Row;
        var mended = StoredState.Quarantine(row with { Checkpoint = "{"u8.ToArray() }, "broken", Context)!.Row with
        {
            Checkpoint = row.Checkpoint,
        };
        var play = new InboxMessage
        {
            Receiver = A.Id,
            MessageId = "c:1",
            Sequence = 1,
            Kind = MessageKind.Play,
            SentAt = A.Noon,
        };

        var decision = ProcessEngine.Decide(EngineState.Load(new LoadedProcess(mended, [play])), [], Context);

        decision.Next.Row.Incident.ShouldBeNull();
        decision.Actions.ShouldBe([new EngineAction.RunStep()]);
        decision.Next.Checkpoint.Attempt.ShouldBe(2, "the first attempt was running when the row was found");
    }

    [Fact]
    public void WhyNotRunnable_OfAnUnknownType_SaysSo() =>
        Runnability.WhyNot(Machine.Start().State, Nobody).ShouldBe("the type is not known here");

    [Fact]
    public void WhyNotRunnable_OfANewerVersionOrFormat_SaysSo()
    {
        var registry = new DefinitionRegistry([OutlineWalk.Sound(typeof(Order))]);
        var state = Machine.Start().State;
        state = state with { Row = state.Row with { DefinitionVersion = 1 } };
        Runnability.WhyNot(state, registry).ShouldBeNull();

        Runnability.WhyNot(state with { Row = state.Row with { DefinitionVersion = 2 } }, registry)!
            .ShouldContain("version 2");
        Runnability.WhyNot(
                state with
                {
                    Checkpoint = state.Checkpoint with { Format = Checkpoint.CurrentFormat + 1 },
                },
                registry
            )!
            .ShouldContain($"format {Checkpoint.CurrentFormat + 1}");
    }

    [Fact]
    public void WhyNotRunnable_OfAPausedKilledOrTerminalProcess_IsNoQuestion()
    {
        Runnability.IsControlled(Machine.Start(paused: true).State, []).ShouldBeTrue();
        Runnability.WhyNot(Machine.Waiting(A.End()).State, Nobody).ShouldBeNull();
        var killed = Machine.Start();
        var kill = killed.Put(MessageKind.Kill);
        Runnability.IsControlled(killed.State, []).ShouldBeFalse();
        Runnability.IsControlled(killed.State, [new ProcessEvent.MessagesArrived([kill])]).ShouldBeTrue();
        killed.Crash();
        Runnability.IsControlled(killed.State, []).ShouldBeTrue();
    }

    [Fact]
    public void Play_WhereTheDefinitionIsMissing_StaysInTheInbox()
    {
        var machine = Machine.Start(paused: true);
        var play = machine.Put(MessageKind.Play);

        var decision = ProcessEngine.Decide(
            machine.State,
            [new ProcessEvent.MessagesArrived([play])],
            new EngineContext(
                A.Noon,
                "silo-1:1",
                Guid.CreateVersion7(),
                First: "",
                DefinitionVersion: 0,
                CanRun: false));

        decision.Commit.ShouldBeNull();
        decision.Next.Row.Paused.ShouldBeTrue();
        decision.Next.Inbox.ShouldHaveSingleItem();
    }

    [Fact]
    public void WhyNotRunnable_OfAPausedProcessThatIsBeingPlayed_SaysWhy()
    {
        var machine = Machine.Start(paused: true);
        machine.Put(MessageKind.Play);
        machine.Crash();

        Runnability.WhyNot(machine.State, Nobody)
            .ShouldNotBeNull("playing it here would schedule the step '' of a definition that is not there");
    }

    private static ProcessRow Broken() => Machine.Start().Row with { Checkpoint = "{\"step\":"u8.ToArray() };

    [Process("order")]
    private sealed class Order : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(A);
    }
}
