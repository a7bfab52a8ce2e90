using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.StorageTests.Sqlite;

/// <summary>What happens while another program writes the file.</summary>
public sealed class SqliteContentionTests : SqliteTest
{
    [Fact]
    public async Task ForeignLock_BusyIsTriedAgainUntilItIsFree()
    {
        var store = await OpenAsync(static o => o.BusyTimeout = TimeSpan.Zero);
        using var foreigner = new ForeignWriter(Source.File);
        var commit = store.CommitAsync(A.Insert(A.Row("p")), Token);
        await Eventually.TrueAsync(
            "the writer tries again",
            () => Log.Lines.Any(static l => l.Contains("tried again", StringComparison.Ordinal)));

        commit.IsCompleted.ShouldBeFalse();
        foreigner.LetGo();

        (await commit).Status.ShouldBe(CommitStatus.Done);
    }

    [Fact]
    public async Task ForeignLock_ReadsGoOn()
    {
        var store = await OpenAsync();
        var row = await StoredAsync(store, A.Row("p"));
        using var foreigner = new ForeignWriter(Source.File);

        (await store.LoadAsync(row.Id, Token))!.Row.Version.ShouldBe(1);
    }

    [Fact]
    public async Task FullQueue_RefusesStartsButNoCommitOfALiveProcess()
    {
        var store = await OpenAsync(static o => o.MaxQueue = 3);
        var live = await StoredAsync(store, A.Row("live"));
        using var foreigner = new ForeignWriter(Source.File);
        var tasks = new List<Task<CommitResult>> { store.CommitAsync(A.Insert(A.Row("first")), Token) };
        await Eventually.TrueAsync("the writer takes the first commit", () => store.Queued == 0);
        tasks.AddRange(Enumerable.Range(0, 3).Select(i => store.CommitAsync(A.Insert(A.Row($"p{i}")), Token)));

        var refused = await store.CommitAsync(A.Insert(A.Row("refused")), Token);
        var step = store.CommitAsync(A.Step(live), Token);
        var send = store.SendAsync(A.Signal(live.Id, "m"), Token);
        foreigner.LetGo();

        refused.Status.ShouldBe(CommitStatus.Overloaded);
        (await step).Status.ShouldBe(CommitStatus.Done);
        (await send).Status.ShouldBe(MessageStatus.Stored);
        (await Task.WhenAll(tasks)).ShouldAllBe(static r => r.Status == CommitStatus.Done);
        (await store.LoadAsync(ProcessId.Parse("refused"), Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Cancellation_CountsOnlyUntilTheWriterTookIt()
    {
        var store = await OpenAsync();
        using var foreigner = new ForeignWriter(Source.File);
        using var cancellation = new CancellationTokenSource();
        var taken = store.CommitAsync(A.Insert(A.Row("taken")), cancellation.Token);
        await Eventually.TrueAsync("the writer takes the first commit", () => store.Queued == 0);
        var waiting = store.CommitAsync(A.Insert(A.Row("waiting")), cancellation.Token);

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        foreigner.LetGo();

        (await taken).Status.ShouldBe(CommitStatus.Done);
        (await store.LoadAsync(ProcessId.Parse("waiting"), Token)).ShouldBeNull();
    }

    [Fact]
    public async Task TwoStoresOnOneFile_LoseNothingAndAgree()
    {
        const int Processes = 40;
        var stores = await Task.WhenAll(OpenAsync(), OpenAsync());

        var results = await Task.WhenAll(
            Enumerable.Range(0, Processes).Select(i => Task.Run(() => StepsAsync(stores[i % 2], $"p{i}"), Token)));
        var contested = await StoredAsync(stores[0], A.Row("contested"));
        var rounds = await Task.WhenAll(stores.Select(s => s.CommitAsync(A.Step(contested), Token)));

        results.ShouldAllBe(static r => r);
        rounds.Select(static r => r.Status).Order().ShouldBe([CommitStatus.Done, CommitStatus.Conflict]);
        foreach (var store in stores)
        {
            var page = await store.ListAsync(new ProcessQuery { IdPrefix = "p", PageSize = 1_000 }, Token);
            page.Items.Count.ShouldBe(Processes);
            page.Items.ShouldAllBe(static p => p.Version == 10);
        }
    }

    [Fact]
    public async Task Dispose_WritesWhatIsQueued_AndRefusesLaterCalls()
    {
        var store = await OpenAsync();
        var tasks = Enumerable.Range(0, 300).Select(i => store.CommitAsync(A.Insert(A.Row($"p{i}")), Token)).ToList();

        await store.DisposeAsync();

        (await Task.WhenAll(tasks)).ShouldAllBe(static r => r.Status == CommitStatus.Done);
        (await store.CommitAsync(A.Insert(A.Row("late")), Token)).Status.ShouldBe(CommitStatus.Unavailable);
        await Should.ThrowAsync<StoreUnavailableException>(() =>
            store.SendAsync(A.Signal(ProcessId.Parse("p0"), "m"), Token));
        await Should.ThrowAsync<StoreUnavailableException>(() => store.LoadAsync(ProcessId.Parse("p0"), Token));
        var next = await OpenAsync();
        (await next.ListAsync(new ProcessQuery { PageSize = 1_000 }, Token)).Items.Count.ShouldBe(300);
    }

    private static async Task<bool> StepsAsync(Orleans.Workflows.Storage.Sqlite.SqliteProcessStore store, string id)
    {
        var row = await StoredAsync(store, A.Row(id));
        while (row.Version < 10)
        {
            var step = A.Step(row);
            if ((await store.CommitAsync(step, Token)).Status is not CommitStatus.Done)
            {
                return false;
            }

            row = step.Row;
        }

        return true;
    }
}
