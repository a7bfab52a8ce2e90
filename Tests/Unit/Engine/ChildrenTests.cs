using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Unit.Engine;

/// <summary>Children: starting, counting, and what is owed to them and to the parent.</summary>
public sealed class ChildrenTests
{
    [Fact]
    public void Children_AreStoredInTheParentsCommit()
    {
        var machine = Machine.Waiting(A.AwaitChildren(2));

        machine
            .Last.Commit!.Children.Select(static child =>
                (child.Id.Value, child.ParentStep, child.ParentIndex, child.State, child.DueAt))
            .ShouldBe([
                ("order-1/0.0", 0, 0, ProcessState.Created, A.Noon),
                ("order-1/0.1", 0, 1, ProcessState.Created, A.Noon),
            ]);
        machine.Explanation.ShouldBe("2 of 2 children of step 0 to end.");
    }

    [Fact]
    public void Child_StartsWhenItIsLoaded()
    {
        var child = Machine.Waiting(A.AwaitChildren(1)).Last.Commit!.Children[0];
        var state = EngineState.Load(new LoadedProcess(child, []));

        var decision = ProcessEngine.Decide(
            state,
            [new ProcessEvent.TimePassed()],
            new EngineContext(A.Noon, "silo-1:1", Guid.Empty, "Weigh", 4));

        decision.Next.Row.ShouldSatisfyAllConditions(
            row => row.State.ShouldBe(ProcessState.Running),
            row => row.DefinitionVersion.ShouldBe(4),
            row => row.Root.ShouldBe(A.Id));
        decision.Next.Checkpoint.Position.ShouldBe("Weigh");
        decision.Actions.ShouldBe([new EngineAction.RunStep()]);
    }

    [Fact]
    public void N14_ParentThatWaitsForChildren_GoesOnAfterACrash()
    {
        var machine = Machine.Waiting(A.AwaitChildren(3));
        machine.ChildEnded(0, 1);
        machine.AwaitedChildren.Left.ShouldBe(2);

        machine.CrashAndPickUp();
        machine.ChildEnded(0, 0);
        machine.ChildEnded(0, 2);

        machine.Position.ShouldBe("OnChildren");
        machine.Checkpoint.ResultsOf.ShouldBe(0);
        machine.Running.ShouldNotBeNull();
    }

    [Fact]
    public void N15_ChildThatWasKilled_EndsTheWaitLikeAnyOther()
    {
        var child = Machine.Waiting(A.AwaitChildren(1)).Last.Commit!.Children[0];
        var kill = new InboxMessage
        {
            Receiver = child.Id,
            MessageId = "c:1",
            Sequence = 1,
            Kind = MessageKind.Kill,
            SentAt = A.Noon,
        };

        var decision = ProcessEngine.Decide(
            EngineState.Load(new LoadedProcess(child, [kill])),
            [],
            new EngineContext(A.Noon, "silo-1:1", Guid.Empty, "", 0));

        decision.Next.Row.State.ShouldBe(ProcessState.Killed);
        var told = decision.Commit!.Messages.ShouldHaveSingleItem();
        told.ShouldSatisfyAllConditions(
            message => message.Receiver.ShouldBe(A.Id),
            message => message.Kind.ShouldBe(MessageKind.ChildEnded),
            message => message.Name.ShouldBe("0.0"));
    }

    [Fact]
    public void NoChildren_GoOnInTheSameTurn()
    {
        var machine = Machine.Waiting(A.AwaitChildren(0));

        machine.Runs[^1].Position.ShouldBe("OnChildren");
    }

    [Fact]
    public void NoChildren_WithAPausePending_GoOnAfterPlay()
    {
        var machine = Machine.Start();
        machine.Send(MessageKind.Pause);
        machine.Return(A.AwaitChildren(0));
        machine.Running.ShouldBeNull();

        machine.CrashAndPickUp();
        machine.Send(MessageKind.Play);

        machine.Runs[^1].Position.ShouldBe("OnChildren");
    }

    [Fact]
    public void ChildEnded_DeliveredTwice_CountsOnce()
    {
        var machine = Machine.Waiting(A.AwaitChildren(2));
        var ended = machine.PutChildEnded(0, 0);

        machine.Feed(new ProcessEvent.MessagesArrived([ended]), new ProcessEvent.MessagesArrived([ended]));

        machine.AwaitedChildren.Left.ShouldBe(1);
    }

    [Fact]
    public void ChildEnded_OfAnotherChildInTheSamePlace_DoesNotStandInForAMissingOne()
    {
        // An attempt stored a slice of children with ids of its own and was lost; the next one gave its children new
        // ids.
        var machine = Machine.Waiting(A.AwaitChildren(2));

        machine.ChildEnded(0, 0, "orphan");
        machine.ChildEnded(0, 0);

        machine.Checkpoint.Wait.ShouldNotBeNull("child 1 has not ended");
    }

    [Fact]
    public void ChildEnded_WhileAStepRuns_IsTakenAtItsEnd()
    {
        var machine = Machine.Start();
        machine.Feed(new ProcessEvent.ChildrenSliced(A.Children(2)));
        machine.ChildEnded(0, 0);
        machine.ChildEnded(0, 1);

        machine.Return(A.AwaitChildren(1, already: 2));

        machine.AwaitedChildren.ShouldSatisfyAllConditions(
            wait => wait.Count.ShouldBe(3),
            wait => wait.Left.ShouldBe(1));
    }

    [Fact]
    public void ChildEnded_WhilePaused_IsCountedOnPlay()
    {
        var machine = Machine.Waiting(A.AwaitChildren(1));
        machine.Send(MessageKind.Pause);
        var ended = machine.PutChildEnded(0, 0);
        machine.Deliver();
        machine.SeenOf(ended.MessageId).ShouldBe(MessageSeen.Parked);

        machine.Send(MessageKind.Play);

        machine.Runs[^1].Position.ShouldBe("OnChildren");
    }

    [Fact]
    public void ChildEnded_OfAStepThatDidNotAskForIt_IsRefused()
    {
        var machine = Machine.Start();
        machine.Feed(new ProcessEvent.ChildrenSliced(A.Children(2)));
        machine.CrashAndPickUp();
        machine.Return(A.AwaitSignal());

        var stale = machine.PutChildEnded(0, 0);
        machine.Deliver();

        machine.SeenOf(stale.MessageId).ShouldBe(MessageSeen.Refused);
        machine.Row.State.ShouldBe(ProcessState.Waiting);
    }

    [Fact]
    public void ChildEnded_BeyondTheCount_IsRefused()
    {
        var machine = Machine.Waiting(A.AwaitChildren(1));

        var stale = machine.PutChildEnded(0, 1);
        machine.Deliver();

        machine.SeenOf(stale.MessageId).ShouldBe(MessageSeen.Refused);
        machine.AwaitedChildren.Left.ShouldBe(1);
    }

    [Fact]
    public void Slices_AreStoredWhileTheStepRuns()
    {
        var machine = Machine.Start();

        machine.Feed(new ProcessEvent.ChildrenSliced(A.Children(100)));
        machine.Running.ShouldNotBeNull();
        machine.Feed(new ProcessEvent.ChildrenSliced(A.Children(100, first: 100)));
        machine.Return(A.AwaitChildren(5, already: 200));

        machine.Children.Count.ShouldBe(205);
        machine.AwaitedChildren.Left.ShouldBe(205);
        machine.Runs.Count.ShouldBe(1);
    }

    [Fact]
    public void Kill_OfAParent_KillsItsChildren()
    {
        var machine = Machine.Waiting(A.AwaitChildren(2));

        machine.Send(MessageKind.Kill);

        machine.Last.Commit!.ToChildren.ShouldHaveSingleItem().Kind.ShouldBe(MessageKind.Kill);
    }

    [Fact]
    public void Kill_AfterASliceWasStored_KillsTheChildrenOfTheSlice()
    {
        var machine = Machine.Start();
        machine.Feed(new ProcessEvent.ChildrenSliced(A.Children(1)));
        machine.CrashAndPickUp();

        machine.Send(MessageKind.Kill);
        machine.Feed(new ProcessEvent.GraceElapsed());

        machine.Last.Commit!.ToChildren.ShouldHaveSingleItem();
    }

    [Fact]
    public void End_WithoutChildren_KillsNobody()
    {
        Machine.Waiting(A.End()).Last.Commit!.ToChildren.ShouldBeEmpty();
    }
}
