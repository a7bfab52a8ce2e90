using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.StorageTests.Conformance;

/// <summary>Parents and children, and the deletion of whole trees.</summary>
/// <param name="source">Makes the store.</param>
public abstract class TreeConformance(StoreSource source) : InboxConformance(source)
{
    [Fact]
    public async Task Children_OfACommit_AreStoredWithIt()
    {
        var parent = await StoredAsync(A.Row("p"));
        var children = Enumerable
            .Range(0, 12)
            .Select(i => A.ChildOf(parent, 3, i) with { Tags = new Dictionary<string, string> { ["n"] = $"{i}" } })
            .ToList();

        var step = A.Step(parent) with { Children = [.. children.AsEnumerable().Reverse(), A.ChildOf(parent, 4, 0)] };
        await WriteAsync(step);
        await WriteAsync(A.Step(children[5].Ended(A.Noon)));

        var read = await Store.ReadChildrenAsync(parent.Id, 3, Token);
        read.Select(static c => c.Index).ShouldBe(Enumerable.Range(0, 12));
        read[5]
            .ShouldBeEquivalentTo(
                new ChildRow(
                    children[5].Id,
                    5,
                    ProcessState.Finished,
                    0,
                    "{\"done\":true}"u8.ToArray(),
                    Failure: null,
                    A.Noon));
        (await RowAsync(children[7].Id)).ShouldBeEquivalentTo(children[7] with { LastOperation = step.OperationId });
        (await Store.ReadHistoryAsync(children[7].Id, 0, 10, Token))
            .ShouldHaveSingleItem()
            .Events.Select(static e => e.Kind)
            .ShouldBe([HistoryKind.Created, HistoryKind.Started]);
        (await Store.ReadHistoryAsync(children[5].Id, 0, 10, Token)).Select(static h => h.Version).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Children_OfTheSameRequest_AreLeftAsTheyAre()
    {
        var parent = await StoredAsync(A.Row("p"));
        var child = A.ChildOf(parent, 0, 0);
        var first = A.Step(parent) with { Children = [child] };
        await WriteAsync(first);
        await SteppedAsync(child);

        var again = await WriteAsync(
            A.Step(first.Row) with
            {
                Children = [child with { StatusText = "new" }, A.ChildOf(parent, 0, 1)],
            });

        again.Status.ShouldBe(CommitStatus.Done);
        (await RowAsync(child.Id))!.ShouldSatisfyAllConditions(
            r => r.Version.ShouldBe(2),
            r => r.StatusText.ShouldBeNull());
        (await Store.ReadChildrenAsync(parent.Id, 0, Token)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task N29_Children_WithATakenId_FailTheWholeCommit()
    {
        var taken = await StoredAsync(A.Row("taken"));
        var parent = await StoredAsync(A.Row("p"));
        await SentAsync(A.Signal(parent.Id, "m"));
        var children = (ProcessRow[])[A.ChildOf(parent, 0, 0), A.ChildOf(parent, 0, 1) with { Id = taken.Id }];

        var result = await WriteAsync(A.Step(parent) with
        {
            Children = children,
            Messages = [A.Signal(taken.Id, "m")],
            Marks = [new MessageMark("m", MessageSeen.Consumed)],
        });

        result.Status.ShouldBe(CommitStatus.ChildExists);
        result.Child.ShouldBe(taken.Id);
        (await RowAsync(parent.Id))!.Version.ShouldBe(1);
        (await RowAsync(children[0].Id)).ShouldBeNull();
        (await OpenIdsAsync(parent.Id)).ShouldBe(["m"]);
        (await OpenIdsAsync(taken.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ToChildren_ReachesEachLiveChildOnce()
    {
        var parent = await StoredAsync(A.Row("p"));
        var children = Enumerable.Range(0, 4).Select(i => A.ChildOf(parent, i / 2, i % 2)).ToList();
        var spawn = A.Step(parent) with { Children = children };
        await WriteAsync(spawn);
        await WriteAsync(A.Step(children[1].Ended(A.Noon)));
        var kill = A.Control(parent.Id, "kill-1", MessageKind.Kill) with
        {
            Name = "enough",
            Sender = parent.Id,
            Payload = [1],
        };
        await SentAsync(kill with { Receiver = children[2].Id });

        var result = await WriteAsync(
            A.Step(spawn.Row.Ended(A.Noon, ProcessState.Killed)) with
            {
                ToChildren = [kill],
            });

        result.Status.ShouldBe(CommitStatus.Done);
        result.Told.ShouldBe([children[0].Id, children[3].Id]);
        (await OpenIdsAsync(children[1].Id)).ShouldBeEmpty();
        var reached = (await Store.ReadInboxAsync(children[3].Id, Token)).ShouldHaveSingleItem();
        reached.ShouldBeEquivalentTo(kill with { Receiver = children[3].Id, Sequence = reached.Sequence });
        (await OpenIdsAsync(children[2].Id)).ShouldBe(["kill-1"]);
    }

    [Fact]
    public async Task ToChildren_SeveralMessages_ReachEachLiveChildInTheirOrder()
    {
        var parents = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => StoredAsync(A.Row($"p{i}"))));
        var spawns = parents
            .Select(static p =>
                A.Step(p) with
                {
                    Children = [.. Enumerable.Range(0, 3).Select(i => A.ChildOf(p, 0, i))],
                })
            .ToList();
        await Task.WhenAll(spawns.Select(WriteAsync));
        await Task.WhenAll(spawns.Select(s => WriteAsync(A.Step(s.Children[1].Ended(A.Noon)))));
        await SentAsync(A.Control(spawns[0].Children[2].Id, "pause-1", MessageKind.Pause));

        var results = await Task.WhenAll(
            spawns.Select(s =>
                WriteAsync(
                    A.Step(s.Row) with
                    {
                        ToChildren =
                        [
                            A.Control(s.Row.Id, "pause-1", MessageKind.Pause),
                            A.Control(s.Row.Id, "play-1", MessageKind.Play),
                        ],
                    })));

        foreach (var (spawn, result) in spawns.Zip(results))
        {
            var (first, ended, last) = (spawn.Children[0].Id, spawn.Children[1].Id, spawn.Children[2].Id);
            result.Told.ShouldBe([first, last]);
            foreach (var child in (ProcessId[])[first, last])
            {
                var inbox = await Store.ReadInboxAsync(child, Token);
                inbox
                    .Select(static m => (m.MessageId, m.Kind))
                    .ShouldBe([("pause-1", MessageKind.Pause), ("play-1", MessageKind.Play)]);
                inbox[0].Sequence.ShouldBeLessThan(inbox[1].Sequence);
            }

            (await OpenIdsAsync(ended)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task ToChildren_OfARefusedCommit_ReachNobody()
    {
        var parent = await StoredAsync(A.Row("p"));
        var spawn = A.Step(parent) with { Children = [A.ChildOf(parent, 0, 0)] };
        await WriteAsync(spawn);

        var result = await WriteAsync(
            A.Step(parent) with
            {
                ToChildren = [A.Control(parent.Id, "kill-1", MessageKind.Kill)],
            });

        result.Status.ShouldBe(CommitStatus.Conflict);
        result.Told.ShouldBeEmpty();
        (await OpenIdsAsync(spawn.Children[0].Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Purge_TreeWithALiveOrYoungMember_IsKept()
    {
        var (root, child) = await TreeAsync("a");
        await WriteAsync(A.Step(root.Ended(A.Noon)));

        (await Store.PurgeAsync(A.Noon.AddHours(1), 10, Token)).ShouldBe(0);
        await WriteAsync(A.Step(child.Ended(A.Noon.AddHours(2))));
        (await Store.PurgeAsync(A.Noon.AddHours(2), 10, Token)).ShouldBe(0);
        (await RowAsync(root.Id)).ShouldNotBeNull();

        (await Store.PurgeAsync(A.Noon.AddHours(3), 10, Token)).ShouldBe(2);
        (await RowAsync(root.Id)).ShouldBeNull();
        (await RowAsync(child.Id)).ShouldBeNull();
    }

    [Fact]
    public async Task Purge_Tree_TakesEverythingAlong()
    {
        var (root, child) = await TreeAsync("a");
        await SentAsync(A.Signal(child.Id, "m"));
        await WriteAsync(A.Step(child.Ended(A.Noon)));
        await WriteAsync(A.Step(root.Ended(A.Noon)));

        await Store.PurgeAsync(A.Noon.AddHours(1), 10, Token);

        (await Store.ReadHistoryAsync(root.Id, 0, 10, Token)).ShouldBeEmpty();
        (await Store.ReadMessageAsync(child.Id, "m", Token)).ShouldBeNull();
        (await Store.ScanUnseenAsync(SliceRange.All, A.Noon.AddDays(1), 0, 10, Token)).ShouldBeEmpty();
        (await Store.ListAsync(new ProcessQuery { Tags = root.Tags }, Token)).Items.ShouldBeEmpty();
        (await Store.SendAsync(A.Signal(child.Id, "m"), Token)).Status.ShouldBe(MessageStatus.NotFound);
    }

    [Fact]
    public async Task Purge_ThenALateCommit_NothingComesBack()
    {
        var row = await StoredAsync(A.Row("p"));
        var late = A.Step(row);
        var end = A.Step(row.Ended(A.Noon));
        await WriteAsync(end);
        await Store.PurgeAsync(A.Noon.AddHours(1), 10, Token);

        (await WriteAsync(late)).Status.ShouldBe(CommitStatus.Conflict);
        (await WriteAsync(end)).Status.ShouldBe(CommitStatus.Conflict);

        (await RowAsync(row.Id)).ShouldBeNull();
        await StoredAsync(row with { RunId = "run-2" });
        (await WriteAsync(late)).Status.ShouldBe(CommitStatus.Conflict);
        (await Store.ReadHistoryAsync(row.Id, 0, 10, Token)).Select(static h => h.Version).ShouldBe([1]);
    }

    [Fact]
    public async Task Purge_WithALimit_TakesTheOldestTreesFirst()
    {
        foreach (var (id, hour) in ((string, int)[])[("a", 3), ("b", 1), ("c", 2)])
        {
            await StoredAsync(A.Row(id).Ended(A.Noon.AddHours(hour)));
        }

        (await Store.PurgeAsync(A.Noon.AddDays(1), 2, Token)).ShouldBe(2);

        (await Store.ListAsync(new ProcessQuery(), Token)).Items.Select(static p => p.Id.Value).ShouldBe(["a"]);
    }

    private async Task<(ProcessRow Root, ProcessRow Child)> TreeAsync(string id)
    {
        var root = await StoredAsync(A.Row(id) with { Tags = new Dictionary<string, string> { ["tree"] = id } });
        var child = A.ChildOf(root, 0, 0);
        var step = A.Step(root) with { Children = [child] };
        (await WriteAsync(step)).Status.ShouldBe(CommitStatus.Done);
        return (step.Row, child);
    }
}
