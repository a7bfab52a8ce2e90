using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.StorageTests.Conformance;

/// <summary>Messages: known once, in order, and only forward.</summary>
/// <param name="source">Makes the store.</param>
public abstract class InboxConformance(StoreSource source) : ContentConformance(source)
{
    [Fact]
    public async Task Send_Messages_AreReadInTheirOrderWithAllFields()
    {
        var row = await StoredAsync(A.Row("p"));
        var sender = ProcessId.Parse("sender");
        for (var i = 0; i < 20; i++)
        {
            await SentAsync(
                A.Signal(row.Id, $"m{20 - i}", $"{{\"n\":{i}}}") with
                {
                    Sender = sender,
                    SentAt = A.Noon.AddTicks(i * 10),
                });
        }

        var inbox = await Store.ReadInboxAsync(row.Id, Token);

        inbox.Select(static m => m.MessageId).ShouldBe(Enumerable.Range(0, 20).Select(static i => $"m{20 - i}"));
        inbox.Zip(inbox.Skip(1)).ShouldAllBe(static pair => pair.First.Sequence < pair.Second.Sequence);
        inbox[3]
            .ShouldBeEquivalentTo(
                A.Signal(row.Id, "m17", "{\"n\":3}") with
                {
                    Sender = sender,
                    SentAt = A.Noon.AddTicks(30),
                    Sequence = inbox[3].Sequence,
                });
        (await Store.LoadAsync(row.Id, Token))!.Inbox.ShouldBeEquivalentTo(inbox);
    }

    [Fact]
    public async Task Read_ToShow_HasTheMessagesWithoutTheirPayloads()
    {
        var row = await StoredAsync(A.Row("p"));
        await SentAsync(A.Signal(row.Id, "m1", "{\"n\":1}"));
        await SentAsync(A.Signal(row.Id, "m2", "{\"n\":2}"));
        var loaded = (await Store.LoadAsync(row.Id, Token))!;

        // At once, as the PostgreSQL store then reads them in one batch, where each must get its own.
        var both = await Task.WhenAll(Store.ReadAsync(row.Id, Token), Store.LoadAsync(row.Id, Token));
        var shown = (await Store.ReadAsync(row.Id, Token))!;

        shown.Row.ShouldBeEquivalentTo(loaded.Row);
        shown.HasLastHistory.ShouldBe(loaded.HasLastHistory);
        shown.Inbox.ToList().ShouldBeEquivalentTo(loaded.Inbox.Select(static m => m with { Payload = [] }).ToList());
        both[1]!.Inbox.ToList().ShouldBeEquivalentTo(loaded.Inbox.ToList());
        both[0]!.Inbox.Select(static m => m.MessageId).ShouldBe(["m1", "m2"]);
        (await Store.ReadAsync(ProcessId.Parse("nobody"), Token)).ShouldBeNull();
    }

    [Theory]
    [InlineData(6)]
    [InlineData(1_000)]
    public async Task Message_OfAKindToCome_IsStored(int kind)
    {
        var (writer, receiver) = (await StoredAsync(A.Row("writer")), await StoredAsync(A.Row("receiver")));

        await SentAsync(A.Control(receiver.Id, "sent", (MessageKind)kind));
        await WriteAsync(A.Step(writer) with { Messages = [A.Control(receiver.Id, "passed on", (MessageKind)kind)] });

        (await Store.ReadInboxAsync(receiver.Id, Token))
            .Select(static m => (m.MessageId, (int)m.Kind))
            .ShouldBe([("sent", kind), ("passed on", kind)]);
    }

    [Fact]
    public async Task Message_WithoutAKind_IsRejectedWithItsCommit()
    {
        var (writer, receiver) = (await StoredAsync(A.Row("writer")), await StoredAsync(A.Row("receiver")));

        (await WriteAsync(A.Step(writer) with { Messages = [A.Control(receiver.Id, "m", default)] })).Status.ShouldBe(
            CommitStatus.Rejected);

        (await OpenIdsAsync(receiver.Id)).ShouldBeEmpty();
        (await RowAsync(writer.Id))!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task Send_SameIdManyTimesAtOnce_IsStoredOnce()
    {
        var row = await StoredAsync(A.Row("p"));

        var results = await Task.WhenAll(
            Enumerable.Range(0, 32).Select(_ => Task.Run(() => Store.SendAsync(A.Signal(row.Id, "m"), Token), Token)));

        results.Count(static r => r.Status is MessageStatus.Stored).ShouldBe(1);
        results.Count(static r => r.Status is MessageStatus.Duplicate).ShouldBe(31);
        (await OpenIdsAsync(row.Id)).ShouldBe(["m"]);
    }

    [Fact]
    public async Task Send_AgainByTheSameCall_IsStoredAndByAnotherADuplicate()
    {
        var row = await StoredAsync(A.Row("p"));
        var (mine, other) = (
            A.Signal(row.Id, "m") with
            {
                Sender = ProcessId.Parse("mine"),
            },
            A.Signal(row.Id, "m") with
            {
                Sender = ProcessId.Parse("other"),
            });

        var first = await Store.SendAsync(mine, Token);
        var again = await Store.SendAsync(mine, Token);
        var late = await Store.SendAsync(other, Token);
        await WriteAsync(A.Step(row.Ended(A.Noon)) with { CloseInbox = true });
        var afterTheEnd = await Store.SendAsync(mine, Token);

        new[] { first, again, late, afterTheEnd }.Select(static r => r.Status)
            .ShouldBe([MessageStatus.Stored, MessageStatus.Stored, MessageStatus.Duplicate, MessageStatus.Stored]);
        (await Store.SendAsync(A.Signal(row.Id, "m"), Token)).Status.ShouldBe(MessageStatus.Duplicate);
    }

    [Fact]
    public async Task Send_IsAnsweredWithTheReceiverAsItIs()
    {
        var paused = await StoredAsync(A.Waiting("paused") with { Paused = true });
        var ended = await StoredAsync(A.Row("ended").Ended(A.Noon, ProcessState.Killed));

        (await Store.SendAsync(A.Signal(ProcessId.Parse("nobody"), "m"), Token)).Status.ShouldBe(
            MessageStatus.NotFound);
        (await Store.SendAsync(A.Signal(ended.Id, "m"), Token)).ShouldSatisfyAllConditions(
            r => r.Status.ShouldBe(MessageStatus.Terminal), r => r.State.ShouldBe(ProcessState.Killed));
        (await Store.SendAsync(A.Signal(paused.Id, "m"), Token)).ShouldSatisfyAllConditions(
            r => r.Status.ShouldBe(MessageStatus.Stored),
            r => r.Type.ShouldBe(paused.Type),
            r => r.State.ShouldBe(ProcessState.Waiting),
            r => r.Paused.ShouldBeTrue());
        (await OpenIdsAsync(ended.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_Signals_FillTheInboxUpToItsBytesAndNoFurther()
    {
        var row = await StoredAsync(A.Row("p"));
        const int Largest = 4 * 1024 * 1024;
        for (var i = 0; i < 15; i++)
        {
            await SentAsync(Sized(row.Id, $"m{i}", Largest));
        }

        // One below the limit, exactly at it, and one above.
        await SentAsync(Sized(row.Id, "below", Largest - WorkflowLimits.SignalOverheadBytes - 1));
        var overOne = await Store.SendAsync(Sized(row.Id, "over", WorkflowLimits.SignalOverheadBytes + 2), Token);
        await SentAsync(Sized(row.Id, "at", WorkflowLimits.SignalOverheadBytes + 1));
        var above = await Store.SendAsync(Sized(row.Id, "above", WorkflowLimits.SignalOverheadBytes), Token);

        overOne.ShouldSatisfyAllConditions(
            r => r.Status.ShouldBe(MessageStatus.Refused),
            r => r.State.ShouldBe(ProcessState.Running),
            r => r.UnseenControls.ShouldBeEmpty());
        above.Status.ShouldBe(MessageStatus.Refused);
        (await Store.SendAsync(Sized(row.Id, "m0", Largest), Token)).Status.ShouldBe(MessageStatus.Duplicate);
        (await Store.SendAsync(A.Control(row.Id, "kill", MessageKind.Kill), Token)).Status.ShouldBe(
            MessageStatus.Stored);
        (
            await Store.SendAsync(Sized(row.Id, "edit", Largest) with { Kind = MessageKind.Edit }, Token)
        ).Status.ShouldBe(MessageStatus.Stored);
        (await OpenIdsAsync(row.Id)).Length.ShouldBe(19);
        (await Store.SendAsync(Sized(ProcessId.Parse("nobody"), "m", 1024), Token)).Status.ShouldBe(
            MessageStatus.NotFound);
    }

    [Fact]
    public async Task Send_OfANameThatAFullInboxHasNot_GoesIntoTheReserve()
    {
        var row = await StoredAsync(A.Row("p"));
        const int Whole = WorkflowLimits.MaxInboxBytes / 16;
        for (var i = 0; i < 16; i++)
        {
            await SentAsync(Sized(row.Id, $"m{i}", Whole));
        }

        for (var i = 0; i < 3; i++)
        {
            await SentAsync(Sized(row.Id, $"r{i}", Whole) with { Name = $"name {i}" });
            (await Store.SendAsync(Sized(row.Id, $"s{i}", 1024) with { Name = $"name {i}" }, Token)).Status.ShouldBe(
                MessageStatus.Refused);
        }

        var above = await Store.SendAsync(Sized(row.Id, "above", Whole + 1) with { Name = "go" }, Token);
        await SentAsync(Sized(row.Id, "at", Whole) with { Name = "go" });

        above.Status.ShouldBe(MessageStatus.Refused);
        (await Store.SendAsync(Sized(row.Id, "least", 1024) with { Name = "one more" }, Token)).Status.ShouldBe(
            MessageStatus.Refused);
    }

    [Fact]
    public async Task Send_ToAFullInbox_IsTakenAgainWhenAKeptSignalIsConsumed()
    {
        var row = await StoredAsync(A.Row("p"));
        var writer = await StoredAsync(A.Row("writer"));
        const int Whole = WorkflowLimits.MaxInboxBytes / 16;
        for (var i = 0; i < 16; i++)
        {
            await SentAsync(Sized(row.Id, $"m{i}", Whole));
        }

        row = await MarkedAsync(
            row,
            [.. Enumerable.Range(0, 16).Select(static i => new MessageMark($"m{i}", MessageSeen.Parked))]);
        (await Store.SendAsync(Sized(row.Id, "kept ones count", Whole), Token)).Status.ShouldBe(
            MessageStatus.Refused);
        await WriteAsync(A.Step(writer) with { Messages = [Sized(row.Id, "of the engine", Whole)] });
        row = await MarkedAsync(row, [new MessageMark("m3", MessageSeen.Consumed)]);
        (await Store.SendAsync(Sized(row.Id, "one too many still", Whole), Token)).Status.ShouldBe(
            MessageStatus.Refused);
        row = await MarkedAsync(row, [new MessageMark("m4", MessageSeen.Consumed)]);

        await SentAsync(Sized(row.Id, "next", Whole));

        (await OpenIdsAsync(row.Id)).ShouldBe(["of the engine", "next"]);
        await WriteAsync(A.Step(row.Ended(A.Noon)) with { CloseInbox = true });
        (await Store.SendAsync(Sized(row.Id, "late", Whole), Token)).Status.ShouldBe(MessageStatus.Terminal);
    }

    [Fact]
    public async Task Send_KnownIdAfterTheEnd_IsADuplicate()
    {
        var row = await StoredAsync(A.Row("p"));
        await SentAsync(A.Signal(row.Id, "m"));
        await WriteAsync(A.Step(row.Ended(A.Noon)) with { CloseInbox = true });

        (await Store.SendAsync(A.Signal(row.Id, "m"), Token)).ShouldSatisfyAllConditions(
            r => r.Status.ShouldBe(MessageStatus.Duplicate), r => r.State.ShouldBe(ProcessState.Finished));
    }

    [Fact]
    public async Task Send_AfterUnseenControls_NamesThemInOrder()
    {
        var row = await StoredAsync(A.Row("p"));
        await SentAsync(A.Control(row.Id, "seen", MessageKind.Kill));
        await WriteAsync(A.Step(row) with { Marks = [new MessageMark("seen", MessageSeen.Refused)] });
        await SentAsync(A.Control(row.Id, "c1", MessageKind.Play));
        await SentAsync(A.Signal(row.Id, "s1"));
        await SentAsync(A.Control(row.Id, "c2", MessageKind.Pause));
        await SentAsync(A.Control(row.Id, "f", MessageKind.ForceKill));

        var stored = await Store.SendAsync(A.Control(row.Id, "c3", MessageKind.Kill), Token);
        await SentAsync(A.Control(row.Id, "c4", MessageKind.Play));
        var again = await Store.SendAsync(A.Control(row.Id, "c3", MessageKind.Kill), Token);

        stored.UnseenControls.ShouldBe([MessageKind.Play, MessageKind.Pause, MessageKind.ForceKill]);
        again.Status.ShouldBe(MessageStatus.Duplicate);
        again.UnseenControls.ShouldBe([MessageKind.Play, MessageKind.Pause, MessageKind.ForceKill]);
    }

    [Fact]
    public async Task Marks_MoveAMessageOnlyForward()
    {
        var row = await StoredAsync(A.Row("p"));
        await SentAsync(A.Signal(row.Id, "m", "{\"kept\":1}"));

        row = await MarkedAsync(row, MessageSeen.Parked);
        (await Store.ReadInboxAsync(row.Id, Token)).ShouldBeEmpty();
        (await Store.LoadAsync(row.Id, Token))!.Inbox.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            m => m.Seen.ShouldBe(MessageSeen.Parked), m => m.Payload.ShouldBe("{\"kept\":1}"u8.ToArray()));
        row = await MarkedAsync(row, MessageSeen.Unseen);
        (await Store.ReadMessageAsync(row.Id, "m", Token)).ShouldBe(MessageSeen.Parked);
        row = await MarkedAsync(row, MessageSeen.Consumed);
        row = await MarkedAsync(row, MessageSeen.Refused);
        await MarkedAsync(row, MessageSeen.Parked);

        (await Store.ReadMessageAsync(row.Id, "m", Token)).ShouldBe(MessageSeen.Consumed);
        (await OpenIdsAsync(row.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadInbox_LaterMessageTakenFirst_ReturnsTheEarlierOne()
    {
        var row = await StoredAsync(A.Row("p"));
        await SentAsync(A.Signal(row.Id, "first"));
        await SentAsync(A.Signal(row.Id, "second"));
        await SentAsync(A.Signal(row.Id, "third"));

        await WriteAsync(
            A.Step(row) with
            {
                Marks =
                [
                    new MessageMark("second", MessageSeen.Consumed),
                    new MessageMark("third", MessageSeen.Refused),
                ],
            });

        (await OpenIdsAsync(row.Id)).ShouldBe(["first"]);
        (await Store.ScanUnseenAsync(SliceRange.All, A.Noon.AddDays(1), 0, 10, Token)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task CloseInbox_RefusesWhatIsOpenAndKeepsTheRest()
    {
        var row = await StoredAsync(A.Row("p"));
        foreach (var id in (string[])["consumed", "parked", "unseen", "marked"])
        {
            await SentAsync(A.Signal(row.Id, id));
        }

        var step = A.Step(row) with
        {
            Marks = [new("consumed", MessageSeen.Consumed), new("parked", MessageSeen.Parked)],
        };
        await WriteAsync(step);
        await WriteAsync(
            A.Step(step.Row.Ended(A.Noon)) with
            {
                CloseInbox = true,
                Marks = [new("marked", MessageSeen.Consumed)],
            });

        (await Store.ReadMessageAsync(row.Id, "consumed", Token)).ShouldBe(MessageSeen.Consumed);
        (await Store.ReadMessageAsync(row.Id, "marked", Token)).ShouldBe(MessageSeen.Consumed);
        (await Store.ReadMessageAsync(row.Id, "parked", Token)).ShouldBe(MessageSeen.Refused);
        (await Store.ReadMessageAsync(row.Id, "unseen", Token)).ShouldBe(MessageSeen.Refused);
        (await Store.ReadMessageAsync(row.Id, "never sent", Token)).ShouldBeNull();
        (await OpenIdsAsync(row.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Messages_OfACommit_ReachOnlyLiveReceiversOnce()
    {
        var row = await StoredAsync(A.Row("p"));
        var live = await StoredAsync(A.Row("live"));
        var ended = await StoredAsync(A.Row("ended").Ended(A.Noon));
        await SentAsync(A.Signal(live.Id, "known", "{\"first\":1}"));

        var result = await WriteAsync(A.Step(row) with
        {
            Messages =
            [
                A.Signal(live.Id, "known", "{\"second\":1}"),
                A.Signal(ended.Id, "late"),
                A.Signal(ProcessId.Parse("nobody"), "lost"),
                A.Control(live.Id, "new", MessageKind.Pause),
            ],
        });

        result.Status.ShouldBe(CommitStatus.Done);
        (await OpenIdsAsync(live.Id)).ShouldBe(["known", "new"]);
        (await Store.ReadInboxAsync(live.Id, Token))[0].Payload.ShouldBe("{\"first\":1}"u8.ToArray());
        (await Store.ReadMessageAsync(ended.Id, "late", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Messages_OfARefusedCommit_AreNotSent()
    {
        var row = await StoredAsync(A.Row("p"));
        var live = await StoredAsync(A.Row("live"));

        await WriteAsync(A.Step(row with { Version = 4 }) with { Messages = [A.Signal(live.Id, "m1")] });
        await WriteAsync(A.Step(row with { DueAt = A.Noon }) with { Messages = [A.Signal(live.Id, "m2")] });

        (await OpenIdsAsync(live.Id)).ShouldBeEmpty();
    }

    private async Task<ProcessRow> MarkedAsync(ProcessRow row, MessageSeen seen)
    {
        var step = A.Step(row) with { Marks = [new MessageMark("m", seen)] };
        (await WriteAsync(step)).Status.ShouldBe(CommitStatus.Done);
        return step.Row;
    }

    /// <summary>A signal that counts so many bytes.</summary>
    private static InboxMessage Sized(ProcessId receiver, string id, int bytes) =>
        A.Signal(receiver, id, new string('7', bytes - WorkflowLimits.SignalOverheadBytes));

    private async Task<ProcessRow> MarkedAsync(ProcessRow row, IReadOnlyList<MessageMark> marks)
    {
        var step = A.Step(row) with { Marks = marks };
        (await WriteAsync(step)).Status.ShouldBe(CommitStatus.Done);
        return step.Row;
    }
}
