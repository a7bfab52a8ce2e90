using Microsoft.Extensions.Time.Testing;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.GroupCommit;

namespace Orleans.Workflows.StorageTests.GroupCommit;

/// <summary>What gathers in a batch, and in which order.</summary>
public sealed class BatchTests : WriteGroupTest
{
    [Fact]
    public async Task Writer_TakesWhatGathered_SortedById()
    {
        var database = new FakeDatabase();
        var (begun, goOn) = HoldFirst(database);
        await using var group = Start(database);
        var first = InsertAsync(group, "first");
        await begun.Task;
        var rest = ((string[])["b", "a", "B", "c"]).Select(id => InsertAsync(group, id)).ToList();

        goOn.SetResult();

        (await Task.WhenAll(rest.Prepend(first))).ShouldAllBe(static r => r.Status == CommitStatus.Done);
        database.Tried.ShouldBe([["first"], ["B", "a", "b", "c"]]);
    }

    [Fact]
    public async Task Sends_GoBeforeCommitsThatWaitLonger()
    {
        var database = new FakeDatabase();
        var (begun, goOn) = HoldFirst(database);
        await using var group = Start(database, new GroupCommitOptions { MaxBatchItems = 2 });
        var tasks = new List<Task> { InsertAsync(group, "first") };
        await begun.Task;
        tasks.AddRange(((string[])["a", "b", "c"]).Select(id => InsertAsync(group, id)));
        tasks.AddRange(
            ((string[])["x", "b", "y"]).Select(id => group.SendAsync(A.Signal(ProcessId.Parse(id), "m"), Token)));

        goOn.SetResult();

        await Task.WhenAll(tasks);
        database.Tried.ShouldBe([["first"], ["send b", "send x"], ["a", "b"], ["c", "send y"]]);
    }

    [Fact]
    public async Task Batch_IsBoundedByItems()
    {
        var database = new FakeDatabase();
        var (begun, goOn) = HoldFirst(database);
        await using var group = Start(database, new GroupCommitOptions { MaxQueued = 1_000 });
        var tasks = new List<Task> { InsertAsync(group, "first") };
        await begun.Task;
        tasks.AddRange(Enumerable.Range(0, 600).Select(i => InsertAsync(group, $"p{i:000}")));

        goOn.SetResult();

        await Task.WhenAll(tasks);
        database.Tried.Select(static b => b.Length).ShouldBe([1, 256, 256, 88]);
    }

    [Fact]
    public async Task Batch_IsBoundedByBytes_ButHasOneItem()
    {
        var database = new FakeDatabase();
        var (begun, goOn) = HoldFirst(database);
        await using var group = Start(database, new GroupCommitOptions { MaxBatchBytes = 1_000 });
        var tasks = new List<Task> { InsertAsync(group, "first") };
        await begun.Task;
        tasks.AddRange(
            new (string, int)[] { ("a", 400), ("b", 500), ("c", 200), ("d", 9_000), ("e", 1) }.Select(p =>
                group.CommitAsync(A.Insert(A.Row(p.Item1) with { Input = [], Checkpoint = new byte[p.Item2] }), Token))
        );

        goOn.SetResult();

        await Task.WhenAll(tasks);
        database.Tried.ShouldBe([["first"], ["a", "b"], ["c"], ["d"], ["e"]]);
    }

    [Fact]
    public async Task ItemsOfOneProcess_NeverShareABatch_AndStayInOrder()
    {
        var database = new FakeDatabase();
        var (begun, goOn) = HoldFirst(database);
        await using var group = Start(database);
        var tasks = new List<Task<CommitResult>> { InsertAsync(group, "first") };
        await begun.Task;
        var insert = A.Insert(A.Row("p"));
        var second = A.Step(insert.Row);
        tasks.AddRange(
            ((ProcessCommit[])[insert, second, A.Step(second.Row)]).Select(c => group.CommitAsync(c, Token)));
        tasks.Add(InsertAsync(group, "q"));

        goOn.SetResult();

        (await Task.WhenAll(tasks)).ShouldAllBe(static r => r.Status == CommitStatus.Done);
        database.Tried.ShouldBe([["first"], ["p", "q"], ["p"], ["p"]]);
    }

    [Fact]
    public async Task TwoWriters_NeverHoldOneProcessAtTheSameTime()
    {
        var running = new Dictionary<ProcessId, int>();
        var overlaps = 0;
        var database = new FakeDatabase { Writers = 2 };
        database.Script = async (_, items) =>
        {
            lock (running)
            {
                overlaps += items.Count(i => !running.TryAdd(i.Id, 1));
            }

            await Task.Yield();
            lock (running)
            {
                foreach (var item in items)
                {
                    running.Remove(item.Id);
                }
            }
        };
        await using var group = Start(database, new GroupCommitOptions { MaxBatchItems = 4, MaxQueued = 10_000 });

        var results = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => Task.Run(() => RunChainAsync(group, $"p{i}"), Token)));

        overlaps.ShouldBe(0);
        results.SelectMany(static r => r).ShouldAllBe(static r => r.Status == CommitStatus.Done);
        database.Rows.Values.ShouldAllBe(static r => r.Version == 200);
    }

    [Fact]
    public async Task TwoWriters_WorkAtTheSameTime()
    {
        using var both = new Barrier(2);
        var database = new FakeDatabase
        {
            Writers = 2,
            Script = (_, _) => Task.Run(() => both.SignalAndWait(Token), Token),
        };
        await using var group = Start(database, new GroupCommitOptions { MaxBatchItems = 1 });

        var results = await Task.WhenAll(InsertAsync(group, "a"), InsertAsync(group, "b"))
            .WaitAsync(TimeSpan.FromSeconds(20), Token);

        results.ShouldAllBe(static r => r.Status == CommitStatus.Done);
    }

    [Fact]
    public async Task F24_FullQueue_RefusesOnlyNewProcesses()
    {
        var database = new FakeDatabase();
        database.Rows[ProcessId.Parse("live")] = (1, Guid.CreateVersion7());
        var (begun, goOn) = HoldFirst(database);
        await using var group = Start(database, new GroupCommitOptions { MaxQueued = 3 }, time: new FakeTimeProvider());
        var tasks = new List<Task<CommitResult>> { InsertAsync(group, "first") };
        await begun.Task;
        tasks.AddRange(((string[])["a", "b", "c"]).Select(id => InsertAsync(group, id)));

        var overload = group.Overload;
        var refused = await InsertAsync(group, "d");
        var step = group.CommitAsync(A.Step(A.Row("live")), Token);
        var send = group.SendAsync(A.Signal(ProcessId.Parse("live"), "m"), Token);
        goOn.SetResult();

        overload.ShouldNotBeNull().ShouldStartWith("3 writes wait for ");
        refused.Status.ShouldBe(CommitStatus.Overloaded);
        refused.Reason.ShouldNotBeNull().ShouldStartWith("3 writes wait for ");
        (await step).Status.ShouldBe(CommitStatus.Done);
        (await send).Status.ShouldBe(MessageStatus.Stored);
        (await Task.WhenAll(tasks)).ShouldAllBe(static r => r.Status == CommitStatus.Done);
        group.Overload.ShouldBeNull();
        (await InsertAsync(group, "d")).Status.ShouldBe(CommitStatus.Done);
    }

    [Fact]
    public async Task WriteTime_IsTheShortestOfLate()
    {
        var (time, database) = (new FakeTimeProvider(), new FakeDatabase());
        await using var group = Start(database, new GroupCommitOptions(), time: time);
        group.WriteTime.ShouldBe(TimeSpan.Zero);

        await TakingAsync(milliseconds: 500, "a");
        group.WriteTime.ShouldBe(TimeSpan.FromMilliseconds(500));
        await TakingAsync(milliseconds: 20, "b");
        await TakingAsync(milliseconds: 700, "c");
        group.WriteTime.ShouldBe(TimeSpan.FromMilliseconds(20), "one that took long may have waited for a thread");
        for (var i = 0; i < 128; i++)
        {
            await TakingAsync(milliseconds: 300, $"d-{i}");
        }

        group.WriteTime.ShouldBe(TimeSpan.FromMilliseconds(300), "the database has become slow");

        async Task TakingAsync(int milliseconds, string id)
        {
            database.Script = (_, _) =>
            {
                time.Advance(TimeSpan.FromMilliseconds(milliseconds));
                return Task.CompletedTask;
            };
            await InsertAsync(group, id);
        }
    }

    [Fact]
    public async Task FullQueue_AfterALongIdleTime_IsOverload()
    {
        var time = new FakeTimeProvider();
        var database = new FakeDatabase();
        var (begun, goOn) = HoldFirst(database);
        await using var group = Start(database, new GroupCommitOptions { MaxQueued = 3 }, time: time);
        time.Advance(TimeSpan.FromHours(1));

        var first = InsertAsync(group, "first");
        await begun.Task;
        var tasks = ((string[])["a", "b", "c"]).Select(id => InsertAsync(group, id)).ToList();
        var refused = await InsertAsync(group, "d");
        goOn.SetResult();

        refused.Status.ShouldBe(CommitStatus.Overloaded);
        (await Task.WhenAll(tasks.Append(first))).ShouldAllBe(static r => r.Status == CommitStatus.Done);
    }

    [Fact]
    public async Task FullQueue_OfADatabaseThatIsAway_IsNoOverload()
    {
        var time = new FakeTimeProvider();
        var database = new FakeDatabase();
        var (begun, goOn) = HoldFirst(database);
        await using var group = Start(database, new GroupCommitOptions { MaxQueued = 3 }, time: time);
        var tasks = new List<Task<CommitResult>> { InsertAsync(group, "first") };
        await begun.Task;
        tasks.AddRange(((string[])["a", "b", "c"]).Select(id => InsertAsync(group, id)));

        time.Advance(TimeSpan.FromSeconds(1));

        var overload = group.Overload;
        var refused = await InsertAsync(group, "d");
        goOn.SetResult(); // Before anything can fail: the end of the group would wait for it.

        overload.ShouldBeNull("clients go on trying for as long as they do when the database is away");
        refused.Status.ShouldBe(CommitStatus.Unavailable);
        (await Task.WhenAll(tasks)).ShouldAllBe(static r => r.Status == CommitStatus.Done);
    }

    private static async Task<CommitResult[]> RunChainAsync(WriteGroup group, string id)
    {
        var row = A.Row(id);
        var tasks = new List<Task<CommitResult>> { InsertAsync(group, id) };
        while (row.Version < 200)
        {
            var step = A.Step(row);
            tasks.Add(group.CommitAsync(step, Token));
            row = step.Row;
        }

        return await Task.WhenAll(tasks);
    }
}
