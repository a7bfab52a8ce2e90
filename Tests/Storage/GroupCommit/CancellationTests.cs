using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.GroupCommit;

namespace Orleans.Workflows.StorageTests.GroupCommit;

/// <summary>What callers who give up and hosts that stop leave behind.</summary>
public sealed class CancellationTests : WriteGroupTest
{
    [Fact]
    public async Task Cancellation_BeforeAWriterTookIt_WritesNothing()
    {
        var database = new FakeDatabase();
        var (begun, goOn) = HoldFirst(database);
        await using var group = Start(database);
        var first = InsertAsync(group, "first");
        await begun.Task;
        using var cancellation = new CancellationTokenSource();
        var canceled = group.CommitAsync(A.Insert(A.Row("canceled")), cancellation.Token);
        var kept = InsertAsync(group, "kept");

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => canceled);
        group.Queued.ShouldBe(1);
        goOn.SetResult();
        (await first).Status.ShouldBe(CommitStatus.Done);
        (await kept).Status.ShouldBe(CommitStatus.Done);
        database.Rows.Keys.Select(static id => id.Value).Order().ShouldBe(["first", "kept"]);
        (await InsertAsync(group, "canceled")).Status.ShouldBe(CommitStatus.Done);
    }

    [Fact]
    public async Task Cancellation_AfterAWriterTookIt_DoesNotCount()
    {
        var database = new FakeDatabase();
        var (begun, goOn) = HoldFirst(database);
        await using var group = Start(database);
        using var cancellation = new CancellationTokenSource();
        var taken = group.CommitAsync(A.Insert(A.Row("p")), cancellation.Token);
        await begun.Task;

        await cancellation.CancelAsync();
        taken.IsCompleted.ShouldBeFalse();
        goOn.SetResult();

        (await taken).Status.ShouldBe(CommitStatus.Done);
    }

    [Fact]
    public async Task Cancellation_OfManyWhileTheyAreTaken_IsAlwaysTrue()
    {
        var database = new FakeDatabase { Writers = 2, Script = static async (_, _) => await Task.Yield() };
        await using var group = Start(database, new GroupCommitOptions { MaxBatchItems = 8 });
        using var cancellation = new CancellationTokenSource();
        var tasks = Enumerable
            .Range(0, 500)
            .Select(i =>
                (Id: ProcessId.Parse($"p{i}"), Task: group.CommitAsync(A.Insert(A.Row($"p{i}")), cancellation.Token)))
            .ToList();

        await cancellation.CancelAsync();
        await Task.WhenAll(tasks.Select(static t => (Task)t.Task))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        tasks.ShouldAllBe(t => t.Task.IsCanceled != database.Rows.ContainsKey(t.Id));
        group.Queued.ShouldBe(0);
    }

    [Fact]
    public async Task Dispose_WritesWhatIsQueued_AndThenRefuses()
    {
        var database = new FakeDatabase();
        var (begun, goOn) = HoldFirst(database);
        var group = Start(database, new GroupCommitOptions { MaxBatchItems = 2 });
        var tasks = new List<Task<CommitResult>> { InsertAsync(group, "first") };
        await begun.Task;
        tasks.AddRange(Enumerable.Range(0, 9).Select(i => InsertAsync(group, $"p{i}")));

        var closing = group.DisposeAsync();
        var late = await InsertAsync(group, "late");
        goOn.SetResult();
        await closing;

        late.Status.ShouldBe(CommitStatus.Unavailable);
        (await Task.WhenAll(tasks)).ShouldAllBe(static r => r.Status == CommitStatus.Done);
        database.Rows.Count.ShouldBe(10);
    }

    [Fact]
    public async Task Dispose_OfADatabaseThatIsAway_TellsEverybody()
    {
        var database = new FakeDatabase { Opening = static () => throw new FakeFaultException(WriteFault.Lost) };
        var group = Start(
            database,
            new GroupCommitOptions
            {
                MaxRetries = int.MaxValue,
                FlushTimeout = TimeSpan.FromMilliseconds(50),
                MaxBatchItems = 1,
            });
        var tasks = Enumerable.Range(0, 3).Select(i => InsertAsync(group, $"p{i}")).ToList();

        await group.DisposeAsync();

        (await Task.WhenAll(tasks)).ShouldAllBe(static r => r.Status == CommitStatus.Unavailable);
    }

    [Fact]
    public async Task Dispose_WhileAnOutcomeIsUnknown_ClaimsNothing()
    {
        var opened = false;
        var database = new FakeDatabase
        {
            Script = static (_, _) => Task.FromException(new FakeFaultException(WriteFault.Lost, applied: true)),
        };
        database.Opening = () => opened = opened ? throw new FakeFaultException(WriteFault.Lost) : true;
        var group = Start(database, new GroupCommitOptions { FlushTimeout = TimeSpan.FromMilliseconds(50) });
        var unknown = InsertAsync(group, "p");
        await Eventually.TrueAsync("the commit takes effect", () => database.Rows.Count == 1);

        await group.DisposeAsync();

        (await Should.ThrowAsync<WorkflowException>(() => unknown)).Message.ShouldContain("commit 1 of process p");
    }

    [Fact]
    public async Task FaultOfOurOwn_EndsNeitherTheWriterNorTheTruth()
    {
        var database = new FakeDatabase { Broken = true };
        await using var group = Start(database);
        (
            await Should.ThrowAsync<WorkflowException>(() => InsertAsync(group, "p"))
        ).ShouldNotBeOfType<StoreUnavailableException>();
        database.Broken = false;

        (await InsertAsync(group, "q")).Status.ShouldBe(CommitStatus.Done);
    }
}
