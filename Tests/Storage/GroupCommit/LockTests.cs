using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.GroupCommit;

namespace Orleans.Workflows.StorageTests.GroupCommit;

/// <summary>
/// What another session has locked waits for it; everything else goes on, and nothing is told that is not true.
/// </summary>
public sealed class LockTests : WriteGroupTest
{
    [Fact]
    public async Task LockedRow_WaitsAlone_TheOthersOfItsBatchAndLaterOnesGoOn()
    {
        var database = new FakeDatabase();
        Store(database, "a", "b", "c");
        database.Locked[ProcessId.Parse("b")] = true;
        var (begun, goOn) = HoldFirst(database);
        await using var group = Start(database);
        var first = InsertAsync(group, "first");
        await begun.Task;
        var steps = ((string[])["a", "b", "c"]).Select(id => group.CommitAsync(A.Step(A.Row(id)), Token)).ToList();

        goOn.SetResult();
        (await Task.WhenAll(first, steps[0], steps[2])).ShouldAllBe(static r => r.Status == CommitStatus.Done);
        (await InsertAsync(group, "later")).Status.ShouldBe(CommitStatus.Done);

        steps[1].IsCompleted.ShouldBeFalse();
        database.Locked.Clear();
        (await steps[1]).Status.ShouldBe(CommitStatus.Done);
    }

    [Fact]
    public async Task LockedProcess_KeepsItsOrder_AndItsMessagesPass()
    {
        var database = new FakeDatabase();
        Store(database, "p");
        database.Locked[ProcessId.Parse("p")] = true;
        await using var group = Start(database);
        var second = A.Step(A.Row("p"));
        var steps = ((ProcessCommit[])[second, A.Step(second.Row)]).Select(c => group.CommitAsync(c, Token)).ToList();

        (await group.SendAsync(A.Control(ProcessId.Parse("p"), "kill", MessageKind.Kill), Token)).Status.ShouldBe(
            MessageStatus.Stored);

        steps.ShouldAllBe(static step => !step.IsCompleted);
        database.Locked.Clear();
        (await Task.WhenAll(steps)).ShouldAllBe(static r => r.Status == CommitStatus.Done);
        database.Rows[ProcessId.Parse("p")].Version.ShouldBe(3);
    }

    [Fact]
    public async Task UncommittedInserts_AreFoundAmongOthers_WithFewerTriesThanItems()
    {
        var guilty = ((int[])[7, 77, 200]).Select(i => ProcessId.Parse($"p{i:000}")).ToList();
        var database = new FakeDatabase();
        guilty.ForEach(id => database.Uncommitted[id] = true);
        var (begun, goOn) = HoldFirst(database);
        await using var group = Start(database, new GroupCommitOptions { LockPatience = TimeSpan.Zero });
        var first = InsertAsync(group, "first");
        await begun.Task;
        var tasks = Enumerable.Range(0, 256).Select(i => InsertAsync(group, $"p{i:000}")).ToList();

        goOn.SetResult();
        var results = await Task.WhenAll(tasks);

        (await first).Status.ShouldBe(CommitStatus.Done);
        results
            .Index()
            .Where(static r => r.Item.Status is CommitStatus.Unavailable)
            .Select(static r => r.Index)
            .ShouldBe([7, 77, 200], "they are told to come again");
        results.Count(static r => r.Status is CommitStatus.Done).ShouldBe(253);
        database.Tried.Count.ShouldBeLessThan(
            128,
            "whole, in parts, and in three parts one by one; and the watch's own tries");
        guilty.ForEach(id => database.Rows.ContainsKey(id).ShouldBeFalse());
    }

    [Fact]
    public async Task Message_ThatWaitsForALock_IsToldInTime()
    {
        var database = new FakeDatabase();
        database.Uncommitted[ProcessId.Parse("p")] = true;
        await using var group = Start(database, new GroupCommitOptions { LockPatience = TimeSpan.FromMilliseconds(1) });

        (
            await Should.ThrowAsync<StoreUnavailableException>(() =>
                group.SendAsync(A.Signal(ProcessId.Parse("p"), "m"), Token))
        ).Message.ShouldContain("lock of another session");

        database.Uncommitted.Clear();
        (await group.SendAsync(A.Signal(ProcessId.Parse("p"), "m"), Token)).Status.ShouldBe(MessageStatus.Stored);
    }

    [Fact]
    public async Task InDoubt_ThenLocked_IsToldOnlyWhenTheLockIsGone()
    {
        var database = new FakeDatabase
        {
            Script = static (number, _) =>
                number == 1
                    ? Task.FromException(new FakeFaultException(WriteFault.Lost, applied: false))
                    : Task.CompletedTask,
        };
        var opened = 0;
        database.Opening = () =>
        {
            // Its own session of before still has the row.
            if (++opened == 2)
            {
                database.Uncommitted[ProcessId.Parse("p")] = true;
            }
        };
        await using var group = Start(database, new GroupCommitOptions { LockPatience = TimeSpan.Zero });
        var insert = InsertAsync(group, "p");
        await Eventually.TrueAsync("it is tried again and again", () => database.Tried.Count > 5);

        insert.IsCompleted.ShouldBeFalse("nobody knows whether it is there");
        database.Uncommitted.Clear();
        (await insert).Status.ShouldBe(CommitStatus.Done);
    }

    [Fact]
    public async Task WholeTableLocked_CallersAreToldAsWhenTheDatabaseIsAway()
    {
        var database = new FakeDatabase { TableLock = "the fake session" };
        await using var group = Start(database, new GroupCommitOptions { MaxRetries = 3 });

        (await InsertAsync(group, "p")).Status.ShouldBe(CommitStatus.Unavailable);

        database.Tried.Count.ShouldBe(4);
        database.TableLock = null;
        (await InsertAsync(group, "p")).Status.ShouldBe(CommitStatus.Done);
    }

    [Fact]
    public async Task Ping_ThatMeetsALock_IsAnswered()
    {
        var database = new FakeDatabase { TableLock = "the fake session" };
        await using var group = Start(database);

        (await group.WriteAsync(new PingItem(A.Noon), Token)).ShouldBeTrue();
        (await group.WriteAsync(new PurgeItem(A.Noon, 1), Token)).ShouldBe(0);
    }

    [Fact]
    public async Task Dispose_WhileItemsWaitForLocks_TellsThem()
    {
        var database = new FakeDatabase();
        Store(database, "p");
        database.Locked[ProcessId.Parse("p")] = true;
        var group = Start(database, new GroupCommitOptions { FlushTimeout = TimeSpan.FromMilliseconds(50) });
        var second = A.Step(A.Row("p"));
        var steps = ((ProcessCommit[])[second, A.Step(second.Row)]).Select(c => group.CommitAsync(c, Token)).ToList();
        await Eventually.TrueAsync("the first is tried", () => !database.Tried.IsEmpty);

        await group.DisposeAsync();

        (await Task.WhenAll(steps).WaitAsync(TimeSpan.FromSeconds(20), Token)).ShouldAllBe(static r =>
            r.Status == CommitStatus.Unavailable);
        group.HasEnded.ShouldBeTrue();
    }

    private static void Store(FakeDatabase database, params IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            database.Rows[ProcessId.Parse(id)] = (1, Guid.CreateVersion7());
        }
    }
}
