using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Unit.Engine;

/// <summary>Children of which only some run at a time.</summary>
public sealed class ChildBoundTests
{
    [Fact]
    public void Children_BeyondTheBound_AreHeld()
    {
        var machine = Machine.Waiting(A.AwaitChildren(5) with { MaxConcurrency = 2 });

        machine
            .Last.Commit!.Children.Select(static child => (child.ParentIndex, child.State, child.DueAt))
            .ShouldBe([
                (0, ProcessState.Created, A.Noon),
                (1, ProcessState.Created, A.Noon),
                (2, ProcessState.Created, null),
                (3, ProcessState.Created, null),
                (4, ProcessState.Created, null),
            ]);
        machine.Explanation.ShouldBe("5 of 5 children of step 0 to end, no more than 2 at a time.");
        ExplanationOf(machine.Last.Commit!.Children[2])
            .ShouldBe("Its turn among the children of its parent, of which no more than 2 run at a time.");
    }

    [Fact]
    public void End_OfAChildThatRuns_LetsTheNextGoInTheSameCommit()
    {
        var machine = Machine.Waiting(A.AwaitChildren(5) with { MaxConcurrency = 2 });

        machine.ChildEnded(0, 1);

        var message = machine.Last.Commit!.Messages.ShouldHaveSingleItem();
        message.ShouldSatisfyAllConditions(
            m => m.Receiver.Value.ShouldBe("order-1/0.2"),
            m => m.Kind.ShouldBe(MessageKind.Continue),
            m => m.Sender.ShouldBe(A.Id));
        machine.AwaitedChildren.LetGo.ShouldBe(3);
    }

    [Fact]
    public void Ends_OfOneTurn_LetAsManyGoAsThereArePlaces()
    {
        var machine = Machine.Waiting(A.AwaitChildren(7) with { MaxConcurrency = 3 });
        foreach (var index in (int[])[2, 0, 1])
        {
            machine.PutChildEnded(0, index);
        }

        machine.Deliver();

        LetGo(machine).ShouldBe([3, 4, 5]);
        machine.ChildEnded(0, 4);
        LetGo(machine).ShouldBe([6]);
        machine.ChildEnded(0, 3);
        LetGo(machine).ShouldBeEmpty();
    }

    [Fact]
    public void End_OfAChildWhoseTurnHasNotCome_FreesNoPlaceAndTakesNone()
    {
        var machine = Machine.Waiting(A.AwaitChildren(6) with { MaxConcurrency = 2 });

        machine.ChildEnded(0, 3);
        LetGo(machine).ShouldBeEmpty("children 0 and 1 run");
        machine.AwaitedChildren.EndedAhead.ShouldBe(IndexSet.Of([3]));
        machine.CrashAndPickUp();
        machine.PutChildEnded(0, 0);
        machine.PutChildEnded(0, 1);
        machine.Deliver();

        LetGo(machine).ShouldBe([2, 4], "child 3 has ended");
        machine.AwaitedChildren.EndedAhead.ShouldBeNull();
        machine.Explanation.ShouldBe("3 of 6 children of step 0 to end, no more than 2 at a time.");
    }

    [Fact]
    public void Ends_WhileTheParentIsPaused_LetOthersGoOnPlay()
    {
        var machine = Machine.Waiting(A.AwaitChildren(3) with { MaxConcurrency = 1 });
        machine.Send(MessageKind.Pause);

        machine.ChildEnded(0, 0);
        LetGo(machine).ShouldBeEmpty();
        machine.Send(MessageKind.Play);

        LetGo(machine).ShouldBe([1]);
    }

    [Fact]
    public void Ends_WhileTheStepStillStoresChildren_LetOthersGoWithTheLastSlice()
    {
        var machine = Machine.Start();
        machine.Feed(new ProcessEvent.ChildrenSliced(A.Children(4)) { MaxConcurrency = 2 });
        machine.ChildEnded(0, 0);

        machine.Return(A.AwaitChildren(4, already: 4) with { MaxConcurrency = 2 });

        LetGo(machine).ShouldBe([2]);
        machine.Children.Values.Count(static child => child.DueAt is null).ShouldBe(6);
    }

    [Theory]
    [InlineData(3, new[] { 1, 2 })]
    [InlineData(null, new[] { 1, 2, 3, 4 })]
    [InlineData(1, new int[0])]
    public void LaterAttempt_WithAnotherBound_LetsGoWhatTheEarlierOneHeld(int? bound, int[] expected)
    {
        var machine = Machine.Start();
        machine.Feed(new ProcessEvent.ChildrenSliced(A.Children(4)) { MaxConcurrency = 1 });
        machine.CrashAndPickUp();
        machine.Feed(new ProcessEvent.ChildrenSliced(A.Children(4)) { MaxConcurrency = bound });

        machine.Return(A.AwaitChildren(1, already: 4) with { MaxConcurrency = bound });

        LetGo(machine).ShouldBe(expected);
    }

    [Fact]
    public void GivenIds_AreTheReceivers()
    {
        var named = ProcessId.Parse("parcel-9");
        var context = new EngineContext(A.Noon, "silo-1:1", Guid.CreateVersion7(), "First", 3);
        var directive = A.AwaitChildren(2) with
        {
            MaxConcurrency = 1,
            GivenIds = new Dictionary<int, ProcessId> { [1] = named },
        };
        var waiting = ProcessEngine.Decide(Machine.Start().State, [A.Returned(directive)], context).Next;
        var end = Control(waiting.Row, MessageKind.ChildEnded, 1) with { Name = "0.0", Sender = A.Id.Child(0, 0) };

        var decision = ProcessEngine.Decide(waiting, [new ProcessEvent.MessagesArrived([end])], context);

        decision.Commit!.Messages.ShouldHaveSingleItem().Receiver.ShouldBe(named);
    }

    [Fact]
    public void Bound_ThatDoesNotBind_IsNone()
    {
        var machine = Machine.Waiting(A.AwaitChildren(2) with { MaxConcurrency = 2 });

        machine.Last.Commit!.Children.ShouldAllBe(static child => child.DueAt == A.Noon);
        machine.Checkpoint.ShouldSatisfyAllConditions(
            c => ((WaitState.Children)c.Wait!).MaxConcurrency.ShouldBeNull(),
            c => c.Format.ShouldBe(2));
    }

    [Fact]
    public void Format_IsHigherOnlyAsLongAsItHasTo()
    {
        var machine = Machine.Start();
        machine.Checkpoint.Format.ShouldBe(2);

        machine.Feed(new ProcessEvent.ChildrenSliced(A.Children(2)) { MaxConcurrency = 1 });
        machine.Checkpoint.Format.ShouldBe(
            3,
            "an older silo would store the rest of the children as not held, and let none of these go");
        machine.Return(A.AwaitChildren(0, already: 2) with { MaxConcurrency = 1 });
        machine.Checkpoint.Format.ShouldBe(3);
        machine.Last.Commit!.Children.ShouldBeEmpty();
        machine.Children.Values.ShouldAllBe(static child => Checkpoint.Read(child.Checkpoint).Format == 2);
        machine.PutChildEnded(0, 0);
        machine.PutChildEnded(0, 1);
        machine.Deliver();
        machine.Checkpoint.Format.ShouldBe(2);
    }

    [Fact]
    public void HeldChild_StartsInOneCommitWhenItIsItsTurn()
    {
        var child = Machine.Waiting(A.AwaitChildren(2) with { MaxConcurrency = 1 }).Last.Commit!.Children[1];
        Decide(child).Commit.ShouldBeNull("it is held");

        var decision = Decide(child, Control(child, MessageKind.Continue, 1));

        decision.Next.Row.State.ShouldBe(ProcessState.Running);
        decision.Commit!.History.Select(static e => e.Kind).ShouldBe([HistoryKind.Continued, HistoryKind.Started]);
    }

    [Fact]
    public void HeldChild_ThatIsPausedWhenItsTurnComes_StartsOnPlay()
    {
        var child = Machine.Waiting(A.AwaitChildren(2) with { MaxConcurrency = 1 }).Last.Commit!.Children[1];

        var paused = Decide(
            child,
            Control(child, MessageKind.Pause, 1),
            Control(child, MessageKind.Continue, 2)
        ).Next.Row;
        paused.State.ShouldBe(ProcessState.Created);
        paused.Paused.ShouldBeTrue();

        Decide(paused, Control(child, MessageKind.Play, 3)).Next.Row.State.ShouldBe(ProcessState.Running);
    }

    [Fact]
    public void HeldChild_ThatIsKilled_TellsItsParent()
    {
        var child = Machine.Waiting(A.AwaitChildren(2) with { MaxConcurrency = 1 }).Last.Commit!.Children[1];

        var decision = Decide(child, Control(child, MessageKind.Kill, 1));

        decision.Next.Row.State.ShouldBe(ProcessState.Killed);
        decision.Commit!.Messages.ShouldHaveSingleItem().Name.ShouldBe("0.1");
    }

    [Fact]
    public void ThousandsOfEnds_InOneTurn_AreNamedUpToAHundred()
    {
        var machine = Machine.Waiting(A.AwaitChildren(3_000));
        for (var index = 0; index < 2_500; index++)
        {
            machine.PutChildEnded(0, index);
        }

        machine.Deliver();

        machine.Last.Commit!.History.Count.ShouldBe(101);
        machine.Last.Commit.History[^1].Text.ShouldBe("2400 more");
        machine.Row.Checkpoint.Length.ShouldBeLessThan(300, "nothing of each child is kept");
    }

    [Fact]
    public void ThousandsOfChildren_ThatMustSucceed_AreNotListedInTheCheckpoint()
    {
        var many = A.AwaitChildren(3_000) with { MustSucceed = [.. Enumerable.Range(0, 2_999)], MaxConcurrency = 20 };
        var machine = Machine.Waiting(many);
        machine.ChildEnded(0, 7);

        machine.Row.Checkpoint.Length.ShouldBeLessThan(300);
        machine.Checkpoint.ShouldSatisfyAllConditions(
            c => ((WaitState.Children)c.Wait!).Required!.ToString().ShouldBe("0-2998"),
            c => c.Format.ShouldBe(3));
        for (var index = 0; index < 3_000; index++)
        {
            machine.PutChildEnded(0, index);
        }

        machine.Deliver();
        machine.Checkpoint.ShouldSatisfyAllConditions(
            c => c.Required!.Contains(2_998).ShouldBeTrue(),
            c => c.Required!.Contains(2_999).ShouldBeFalse(),
            c => c.Format.ShouldBe(3));
        machine.Return(A.Next());
        machine.Checkpoint.ShouldSatisfyAllConditions(c => c.Required.ShouldBeNull(), c => c.Format.ShouldBe(2));
    }

    private static int[] LetGo(Machine machine) =>
        [
            .. machine
                .Last.Commit?.Messages.Where(static message => message.Kind == MessageKind.Continue)
                .Select(message => machine.Children[message.Receiver].ParentIndex!.Value)
                ?? [],
        ];

    private static string ExplanationOf(ProcessRow row) => Explanation.Of(row, Checkpoint.Read(row.Checkpoint), []);

    private static Decision Decide(ProcessRow row, params InboxMessage[] inbox) =>
        ProcessEngine.Decide(
            EngineState.Load(new LoadedProcess(row, inbox)),
            [new ProcessEvent.TimePassed()],
            new EngineContext(A.Noon, "silo-1:1", Guid.CreateVersion7(), "Weigh", 4));

    private static InboxMessage Control(ProcessRow receiver, MessageKind kind, long sequence) => new()
    {
        Receiver = receiver.Id,
        MessageId = $"c:{sequence}",
        Sequence = sequence,
        Kind = kind,
        SentAt = A.Noon,
    };
}
