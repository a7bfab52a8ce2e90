using System.Diagnostics;
using Npgsql;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>A lock of another session holds up whoever wants what is locked, and nothing else.</summary>
public sealed class PostgresLockTests(PostgresOutage outage) : IClassFixture<PostgresOutage>, IAsyncLifetime
{
    /// <summary>How long anything may be held up that does not want what is locked.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(3);

    private readonly KeptLog<PostgresProcessStore> _log = new();
    private PostgresProcessStore _store = null!;
    private NpgsqlConnection _other = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await Sql.RunAsync(outage.ConnectionString, "DELETE FROM process; DELETE FROM history; DELETE FROM inbox");
        _store = PostgresSource.Open(outage.ConnectionString, _log);
        await _store.InitializeAsync(Token);
        _other = await Sql.OpenAsync($"{outage.ConnectionString};Application Name=stranger");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _other.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Rows_300Of1000Locked_TheOthersGoOn_AndTheyDoAfterwards()
    {
        var rows = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(i => StoredAsync($"p{i:000}")));
        await OtherAsync("BEGIN; SELECT 1 FROM process WHERE id >= 'p300' AND id < 'p600' FOR UPDATE");
        var steps = rows.Select(A.Step).ToList();

        var first = steps.ConvertAll(c => _store.CommitAsync(c, Token));
        await InTimeAsync(first.Where(static (_, i) => i is < 300 or >= 600));
        var second = steps
            .Where(static (_, i) => i is < 300 or >= 600)
            .Select(c => _store.CommitAsync(A.Step(c.Row), Token))
            .ToList();
        await InTimeAsync(second);
        await _store.PingAsync(Token).WaitAsync(Bound, Token);
        first.Count(static commit => commit.IsCompleted).ShouldBe(700);
        await OtherAsync("COMMIT");
        await InTimeAsync(first);

        (await Task.WhenAll(first.Concat(second))).ShouldAllBe(static r => r.Status == CommitStatus.Done);
        await ShouldBeWholeAsync("p000", 3);
        await ShouldBeWholeAsync("p300", 2);
        await ShouldBeWholeAsync("p599", 2);
    }

    [Fact]
    public async Task Row_Locked_IsNamedWithItsHolder_AndItsProcessTakesMessages()
    {
        var row = await StoredAsync("p");
        (await _store.FindLockAsync(row.Id, Token)).ShouldBeNull();
        await OtherAsync("BEGIN; SELECT 1 FROM process WHERE id = 'p' FOR UPDATE");
        var step = _store.CommitAsync(A.Step(row), Token);
        await Eventually.TrueAsync(
            "the log names the session that holds the lock",
            () => _log.Lines.Any(static line => line.Contains("stranger", StringComparison.Ordinal)));

        (
            await _store.SendAsync(A.Control(row.Id, "c:1", MessageKind.Kill), Token).WaitAsync(Bound, Token)
        ).Status.ShouldBe(MessageStatus.Stored);

        (await _store.FindLockAsync(row.Id, Token))
            .ShouldNotBeNull()
            .ShouldContain($"session {_other.ProcessID}, stranger, idle in transaction");
        step.IsCompleted.ShouldBeFalse();
        await OtherAsync("ROLLBACK");
        (await step).Status.ShouldBe(CommitStatus.Done);
        (await _store.FindLockAsync(row.Id, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Starts_OfIdsThatAnotherInsertsAndDoesNotCommit_AreToldInTime_AndTheOthersGoOn()
    {
        await StoredAsync("template");
        await OtherAsync($"BEGIN; {Insert("'taken-' || g", "generate_series(1, 20) AS g")}");

        var taken = Enumerable
            .Range(1, 20)
            .Select(i => _store.CommitAsync(A.Insert(A.Row($"taken-{i}")), Token))
            .ToList();
        await InTimeAsync(
            Enumerable.Range(0, 300).Select(i => _store.CommitAsync(A.Insert(A.Row($"free-{i}")), Token)));
        var told = await Task.WhenAll(taken).WaitAsync(Bound + TimeSpan.FromSeconds(2), Token);

        told.ShouldAllBe(static r => r.Status == CommitStatus.Unavailable);
        await OtherAsync("COMMIT");
        (await _store.CommitAsync(A.Insert(A.Row("taken-1")), Token)).Status.ShouldBe(CommitStatus.AlreadyExists);
    }

    [Fact]
    public async Task Commit_WhoseChildAnotherInsertsAndDoesNotCommit_WaitsAlone()
    {
        var (parent, innocent) = (await StoredAsync("template"), await StoredAsync("innocent"));
        await OtherAsync($"BEGIN; {Insert("'child'", "(SELECT 1) AS g")}");

        var waits = _store.CommitAsync(
            A.Step(parent) with
            {
                Children =
                [
                    A.Row("child") with
                    {
                        Parent = parent.Id,
                        ParentStep = 0,
                        ParentIndex = 0,
                        Root = parent.Id,
                    },
                ],
            },
            Token);
        await InTimeAsync([_store.CommitAsync(A.Step(innocent), Token)]);
        await Eventually.TrueAsync(
            "the log tells of it",
            () => _log.Lines.Any(static line => line.Contains("wait for locks", StringComparison.Ordinal)));
        waits.IsCompleted.ShouldBeFalse();
        await OtherAsync("ROLLBACK");

        (await waits).Status.ShouldBe(CommitStatus.Done);
        await ShouldBeWholeAsync("child", 1);
    }

    [Fact]
    public async Task Inbox_MessageLocked_OnlyTheCommitThatTakesItInWaits()
    {
        var (row, innocent) = (await StoredAsync("p"), await StoredAsync("q"));
        await _store.SendAsync(A.Signal(row.Id, "m"), Token);
        await OtherAsync("BEGIN; SELECT 1 FROM inbox FOR UPDATE");

        var marks = _store.CommitAsync(
            A.Step(row) with
            {
                Marks = [new MessageMark("m", MessageSeen.Consumed)],
            },
            Token);
        var second = A.Step(innocent);
        await InTimeAsync([_store.CommitAsync(second, Token)]);
        await InTimeAsync([_store.CommitAsync(A.Step(second.Row), Token)]);
        (await _store.SendAsync(A.Signal(innocent.Id, "m"), Token).WaitAsync(Bound, Token)).Status.ShouldBe(
            MessageStatus.Stored);
        await Eventually.TrueAsync(
            "the log names the session that holds the lock",
            () => _log.Lines.Any(static line => line.Contains("stranger", StringComparison.Ordinal)));
        (await _store.FindLockAsync(row.Id, Token)).ShouldNotBeNull();
        marks.IsCompleted.ShouldBeFalse();
        await OtherAsync("ROLLBACK");

        (await marks).Status.ShouldBe(CommitStatus.Done);
        (await _store.ReadInboxAsync(row.Id, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Message_ThatAnotherInsertsAndDoesNotCommit_IsToldInTime_AndTheProcessGoesOn()
    {
        var row = await StoredAsync("p");
        await OtherAsync(
            "BEGIN; INSERT INTO inbox (process_id, message_id, slice, kind, sent_at, payload) VALUES ('p', 'm', 0, 1, "
            + "now(), '')");

        var send = _store.SendAsync(A.Signal(row.Id, "m"), Token);
        await InTimeAsync([_store.CommitAsync(A.Step(row), Token)]);

        await Should.ThrowAsync<StoreUnavailableException>(() =>
            send.WaitAsync(Bound + TimeSpan.FromSeconds(2), Token));
        await OtherAsync("COMMIT");
        (await _store.SendAsync(A.Signal(row.Id, "m"), Token)).Status.ShouldBe(MessageStatus.Duplicate);
    }

    [Theory]
    [InlineData("SHARE")]
    [InlineData("ACCESS EXCLUSIVE")]
    public async Task Table_Locked_IsNamed_AndEverythingGoesOnAfterwards(string mode)
    {
        var row = await StoredAsync("p");
        await OtherAsync($"BEGIN; LOCK TABLE process IN {mode} MODE");
        var step = _store.CommitAsync(A.Step(row), Token);
        await Eventually.TrueAsync(
            "the log says that nothing can be written, and who is to blame",
            () =>
                _log.Lines.Any(static line =>
                    line.Contains("nothing can be written", StringComparison.Ordinal)
                    && line.Contains("stranger", StringComparison.Ordinal)));
        await OtherAsync("ROLLBACK");

        var result = await step;
        (result.Status == CommitStatus.Done ? result : await _store.CommitAsync(A.Step(row), Token)).Status.ShouldBe(
            CommitStatus.Done);
    }

    [Fact]
    public async Task Table_OfMessagesLocked_CommitsWithoutMessagesGoOn()
    {
        var (row, innocent) = (await StoredAsync("p"), await StoredAsync("q"));
        await OtherAsync("BEGIN; LOCK TABLE inbox IN SHARE MODE");

        var waits = _store.CommitAsync(A.Step(row) with { Messages = [A.Signal(innocent.Id, "m")] }, Token);
        await InTimeAsync([_store.CommitAsync(A.Step(innocent), Token)]);
        waits.IsCompleted.ShouldBeFalse();
        await OtherAsync("ROLLBACK");

        (await waits).Status.ShouldBe(CommitStatus.Done);
    }

    [Fact]
    public async Task Probe_Locked_TheStoreIsWell()
    {
        await _store.PingAsync(Token);
        await OtherAsync("BEGIN; SELECT 1 FROM probe FOR UPDATE");

        await _store.PingAsync(Token).WaitAsync(Bound, Token);

        await OtherAsync("ROLLBACK");
    }

    [Fact]
    public async Task Purge_OfLockedTrees_LeavesThemAndTakesTheOthers()
    {
        foreach (var id in (string[])["p", "q"])
        {
            (await _store.CommitAsync(A.Step((await StoredAsync(id)).Ended(A.Noon)), Token)).Status.ShouldBe(
                CommitStatus.Done);
        }

        await OtherAsync("BEGIN; SELECT 1 FROM process WHERE id = 'p' FOR UPDATE");

        (await _store.PurgeAsync(A.Noon.AddHours(1), 10, Token).WaitAsync(Bound, Token)).ShouldBe(1);

        await OtherAsync("ROLLBACK");
        (await _store.PurgeAsync(A.Noon.AddHours(1), 10, Token)).ShouldBe(1);
    }

    [Fact]
    public async Task Load_WithStrangersLocksThatComeAndGo_LosesAndDoublesNothing()
    {
        await using var load = await StepLoad.StartAsync(_store, processes: 40);
        for (var round = 1; round <= 5; round++)
        {
            await OtherAsync($"BEGIN; SELECT 1 FROM process WHERE id < 'load-{round * 5:00}' FOR UPDATE");
            await load.GoesOnAsync(round * 400);
            await OtherAsync("COMMIT");
        }

        foreach (var (id, version) in await load.EndAsync())
        {
            await ShouldBeWholeAsync(id, version);
        }
    }

    private static string Insert(string id, string from) =>
        $"""
        INSERT INTO process (version, created_at, updated_at, last_operation, definition_version, slice, state,
            paused, id, run_id, type, start_request_id, root, owner, tags, input, checkpoint)
        SELECT version, created_at, updated_at, last_operation, definition_version, slice, state, paused, {id},
            run_id, type, start_request_id, {id}, owner, tags, input, checkpoint
        FROM process, {from} WHERE id = 'template'
        """;

    private static async Task InTimeAsync(IEnumerable<Task<CommitResult>> commits)
    {
        var began = Stopwatch.GetTimestamp();
        var all = commits.ToList();
        await Task.WhenAll(all).WaitAsync(TimeSpan.FromSeconds(40), Token);
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(Bound);
        (await Task.WhenAll(all)).ShouldAllBe(static r => r.Status == CommitStatus.Done);
    }

    private Task OtherAsync(string statements) => Sql.RunAsync(_other, statements);

    private async Task<ProcessRow> StoredAsync(string id)
    {
        var insert = A.Insert(A.Row(id));
        CommitResult result;
        do
        {
            result = await _store.CommitAsync(insert, Token);
        }
        while (result.Status == CommitStatus.Overloaded);
        result.Status.ShouldBe(CommitStatus.Done);
        return insert.Row;
    }

    private async Task ShouldBeWholeAsync(string id, long version)
    {
        (await _store.LoadAsync(ProcessId.Parse(id), Token))!.Row.Version.ShouldBe(version, id);
        (await _store.ReadHistoryAsync(ProcessId.Parse(id), 0, 100_000, Token)).Select(static h => h.Version)
            .ShouldBe(Enumerable.Range(1, (int)version).Select(static v => (long)v), id);
    }
}
