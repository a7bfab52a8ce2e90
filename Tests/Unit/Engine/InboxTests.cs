using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Unit.Engine;

/// <summary>Kept messages stay in order, and cost a turn nothing however many there are.</summary>
public sealed class InboxTests
{
    private const int Many = 10_000;

    [Fact]
    public void Inbox_IsEnumeratedBySequence_WhateverIsKept()
    {
        var inbox = Inbox.Of([
            Message(4, "b"),
            Message(1, "a", MessageSeen.Parked),
            Message(3, "a"),
            Message(2, "c", MessageSeen.Parked),
        ]);

        inbox.Select(static message => message.Sequence).ShouldBe([1, 2, 3, 4]);
        inbox.Count.ShouldBe(4);
        inbox.Unseen.Select(static message => message.Sequence).ShouldBe([3, 4]);
    }

    [Fact]
    public void FirstSignal_IsTheOneWithTheLowestSequence_KeptOrNot()
    {
        var inbox = Inbox.Of([
            Message(5, "a", MessageSeen.Parked),
            Message(3, "a"),
            Message(1, "b", MessageSeen.Parked),
            Message(6, "b"),
        ]);

        inbox.FirstSignal("b")!.Sequence.ShouldBe(1);
        inbox.FirstSignal("a")!.Sequence.ShouldBe(3);
        inbox.Remove(Message(3, "a")).FirstSignal("a")!.Sequence.ShouldBe(5);
        inbox.FirstSignal("c").ShouldBeNull();
    }

    [Fact]
    public void Contains_KnowsAMessageInWhateverState()
    {
        var inbox = Inbox.Of([Message(1, "a", MessageSeen.Parked), Message(2, "a")]);

        inbox.Contains(Message(1, "a")).ShouldBeTrue("it was read before it was kept");
        inbox.Contains(Message(2, "a")).ShouldBeTrue();
        inbox.Contains(Message(3, "a")).ShouldBeFalse();
    }

    [Fact]
    public void Message_IsKnownByItsIdAlone_WhateverItsSequence()
    {
        var inbox = Inbox.Of([
            Message(1, "a", MessageSeen.Parked),
            Message(2, "a"),
            Message(3, "b", MessageSeen.Parked),
        ]);
        var others = Enumerable
            .Range(1, 3)
            .Select(static sequence => Message(sequence, "a") with { MessageId = $"s:other-{sequence}" })
            .ToList();

        inbox
            .Contains(Message(1, "a") with { Sequence = 99 })
            .ShouldBeTrue("a database that fell back gives the same message another sequence");
        others.ForEach(other => inbox.Contains(other).ShouldBeFalse("and the same sequence to another message"));
        var both = others.Aggregate(inbox, static (all, other) => all.Add(other));
        both.Count.ShouldBe(6);
        both.Remove(others[1])
            .Select(static message => message.MessageId)
            .ShouldBe(["s:1", "s:other-1", "s:2", "s:3", "s:other-3"], ignoreOrder: true);
        both.Select(static message => message.Sequence).ShouldBe([1, 1, 2, 2, 3, 3]);
    }

    [Fact]
    public void Message_OfASequenceThatAnotherHas_IsTakenIn()
    {
        var state = Machine.Start().State with { Inbox = Inbox.Of([Message(7, "lost", MessageSeen.Parked)]) };

        var decision = ProcessEngine.Decide(
            state,
            [new ProcessEvent.MessagesArrived([Message(7, "new") with { MessageId = "s:new" }])],
            new EngineContext(A.Noon, "silo-1:1", Guid.Empty, "First", 3));

        decision.Commit!.Marks.ShouldBe([new MessageMark("s:new", MessageSeen.Parked)]);
    }

    [Fact]
    public void StepOfAProcess_ThatKeepsTenThousandSignals_AllocatesAsMuchAsWithoutThem()
    {
        var state = Machine.Start().State;
        var loaded = state with
        {
            Inbox = Inbox.Of(
                Enumerable.Range(1, Many).Select(static sequence => Message(sequence, "later", MessageSeen.Parked))),
        };

        var without = Allocated(state);
        var with = Allocated(loaded);

        with.ShouldBeLessThan(without + 1_000, "a turn does not walk over what is kept");
    }

    [Fact]
    public void KeptSignals_AreTakenInTheirOrder()
    {
        var machine = Machine.Start();
        for (var n = 0; n < 50; n++)
        {
            machine.Put(MessageKind.Signal, n % 2 == 0 ? "paid" : "shipped", $"{n}");
        }

        machine.Deliver();
        machine.CrashAndPickUp();
        for (var n = 0; n < 50; n += 2)
        {
            machine.Return(A.AwaitSignal());
            machine.Runs[^1].Args.ShouldBe($"{n}");
        }

        machine.Open.Count.ShouldBe(25);
    }

    [Fact]
    public void End_WithThousandsOfKeptSignals_NamesAHundredInTheHistory()
    {
        var state = Machine.Start().State with
        {
            Inbox = Inbox.Of(
                Enumerable.Range(1, Many).Select(static sequence => Message(sequence, "later", MessageSeen.Parked))),
        };

        var ended = ProcessEngine.Decide(
            state,
            [A.Returned(A.End())],
            new EngineContext(A.Noon, "silo-1:1", Guid.Empty, "First", 3));

        ended.Commit!.History.Count.ShouldBeLessThan(110);
        ended.Commit.History[^1].Text.ShouldBe("9900 more");
        ended.Next.Inbox.ShouldBeEmpty();
    }

    private static long Allocated(EngineState state)
    {
        var context = new EngineContext(A.Noon, "silo-1:1", Guid.Empty, "First", 3);
        IReadOnlyList<ProcessEvent> events = [A.Returned(A.Next())];
        ProcessEngine.Decide(state, events, context);
        var before = GC.GetAllocatedBytesForCurrentThread();
        ProcessEngine.Decide(state, events, context);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static InboxMessage Message(long sequence, string name, MessageSeen seen = MessageSeen.Unseen) => new()
    {
        Receiver = A.Id,
        MessageId = $"s:{sequence}",
        Sequence = sequence,
        Kind = MessageKind.Signal,
        Name = name,
        SentAt = A.Noon,
        Seen = seen,
    };
}
