using Npgsql;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage;
using Orleans.Workflows.Storage.GroupCommit;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>
/// What callers are told is true, also when the connection or the server is lost at the worst moment.
/// </summary>
public sealed class PostgresOutcomeTests(PostgresOutage outage) : IClassFixture<PostgresOutage>, IAsyncLifetime
{
    private readonly KeptLog<PostgresProcessStore> _log = new();
    private PostgresProcessStore _store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await Sql.RunAsync(outage.ConnectionString, "DELETE FROM process; DELETE FROM history; DELETE FROM inbox");
        _store = PostgresSource.Open(outage.ConnectionString, _log);
        await _store.InitializeAsync(Token);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Connection_KilledInItsCommit_EachCallerLearnsWhatWasStored()
    {
        var (stepped, contested, receiver) = (
            await StoredAsync("stepped"),
            await StoredAsync("contested"),
            await StoredAsync("receiver"));
        await outage.HoldCommitsAsync(true);

        var insert = _store.CommitAsync(
            A.Insert(A.Row("new")) with
            {
                Children = [A.ChildOf(A.Row("new"), 0, 0)],
            },
            Token);
        var step = _store.CommitAsync(
            A.Step(stepped) with
            {
                Messages = [A.Signal(receiver.Id, "passed on")],
            },
            Token);
        var late = _store.CommitAsync(A.Step(contested with { Version = 7 }), Token);
        var send = _store.SendAsync(A.Signal(receiver.Id, "sent"), Token);
        var all = Task.WhenAll(insert, step, late, send);
        var killed = 0;
        await Eventually.TrueAsync(
            "every caller gets an answer",
            async () =>
            {
                // Each is killed when its backend has committed and only waits to say so; what a later batch writes
                // waits again.
                foreach (var backend in await outage.WritersAsync("wait_event = 'SyncRep'"))
                {
                    await outage.EndAsync(backend);
                    killed++;
                }

                return all.IsCompleted;
            });

        await outage.HoldCommitsAsync(false);
        killed.ShouldBeGreaterThan(0);
        (await insert).Status.ShouldBe(CommitStatus.Done);
        (await step).Status.ShouldBe(CommitStatus.Done);
        (await late).Status.ShouldBe(CommitStatus.Conflict);
        (await send).Status.ShouldBeOneOf(MessageStatus.Stored, MessageStatus.Duplicate);
        _log.Lines.ShouldContain(static line => line.StartsWith("Warning", StringComparison.Ordinal));
        await ShouldBeWholeAsync("new", 1);
        await ShouldBeWholeAsync("new/0.0", 1);
        await ShouldBeWholeAsync("stepped", 2);
        await ShouldBeWholeAsync("contested", 1);
        (await _store.ReadInboxAsync(receiver.Id, Token))
            .Select(static m => m.MessageId)
            .Order()
            .ShouldBe(["passed on", "sent"]);
    }

    [Fact]
    public async Task Connection_KilledBeforeItsCommit_TheBatchIsWrittenOnce()
    {
        var row = await StoredAsync("p");
        await using var other = await Sql.OpenAsync(outage.ConnectionString);
        await Sql.RunAsync(other, "BEGIN; SELECT 1 FROM process WHERE id = 'p' FOR UPDATE");
        var step = _store.CommitAsync(A.Step(row), Token);
        var ended = 0;
        await Eventually.TrueAsync(
            "a writer waits",
            async () =>
            {
                // It waits for a quarter of a second at most, and then tries again.
                foreach (var backend in await outage.WritersAsync("wait_event_type = 'Lock'"))
                {
                    await outage.EndAsync(backend);
                    ended++;
                }

                return ended > 0;
            });
        await Sql.RunAsync(other, "COMMIT");

        (await step).Status.ShouldBe(CommitStatus.Done);
        await ShouldBeWholeAsync("p", 2);
    }

    [Fact]
    public async Task Connection_ThatDiedUnused_IsLostAndNothingIsRefused()
    {
        var row = await StoredAsync("p");
        await using var connection = await Sql.OpenAsync(outage.ConnectionString);
        var session = new PostgresWriteSession(connection, new InboxBudgets());
        await connection.CloseAsync();

        var error = await Should.ThrowAsync<InvalidOperationException>(() =>
            session.ExecuteAsync([new CommitItem(A.Step(row))], Token));

        PostgresErrors.Classify(error).ShouldBe(WriteFault.Lost);
        session.IsBroken.ShouldBeTrue();
    }

    [Fact]
    public async Task Batch_ThatTakesTooLong_IsRolledBackAndNotInDoubt()
    {
        var row = await StoredAsync("p");
        await using var other = await Sql.OpenAsync(outage.ConnectionString);
        await Sql.RunAsync(other, "BEGIN; SELECT 1 FROM process WHERE id = 'p' FOR UPDATE");
        await using var connection = await Sql.OpenAsync($"{outage.ConnectionString};Command Timeout=1");
        await using var session = new PostgresWriteSession(connection, new InboxBudgets());

        var error = await Should.ThrowAsync<NpgsqlException>(() =>
            session.ExecuteAsync([new CommitItem(A.Step(row))], Token));

        PostgresErrors.Classify(error).ShouldBe(WriteFault.Lost);
        session.OutcomeUnknown.ShouldBeFalse();
        await Sql.RunAsync(other, "COMMIT");
        await ShouldBeWholeAsync("p", 1);
    }

    [Theory]
    [InlineData("42501")]
    [InlineData("58030")]
    public async Task Row_ThatFailsAsTheServerDoes_IsRefusedAlone_AndTheOthersOfItsBatchGoOn(string sqlState)
    {
        var rows = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => StoredAsync($"p{i:00}")));
        await Sql.RunAsync(outage.ConnectionString, $"""
            CREATE OR REPLACE FUNCTION fail_one() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'this row fails' USING ERRCODE = '{sqlState}'; END $$;
            CREATE TRIGGER fail_one BEFORE UPDATE ON process FOR EACH ROW WHEN (OLD.id = 'p17')
                EXECUTE FUNCTION fail_one();
            """);
        try
        {
            var results = await Task.WhenAll(rows.Select(row => _store.CommitAsync(A.Step(row), Token)));

            results.Where(static (_, i) => i != 17).ShouldAllBe(static r => r.Status == CommitStatus.Done);
            results[17]
                .ShouldSatisfyAllConditions(
                    r => r.Status.ShouldBe(CommitStatus.Rejected),
                    r => r.Reason.ShouldNotBeNull().ShouldContain("this row fails"));
        }
        finally
        {
            await Sql.RunAsync(outage.ConnectionString, "DROP TRIGGER fail_one ON process");
        }
    }

    [Fact]
    public async Task Row_ThatNobodyCanRead_DoesNotKeepOthersFromBeingRead()
    {
        await StoredAsync("good");
        await StoredAsync("bad");
        await Sql.RunAsync(outage.ConnectionString, """UPDATE process SET tags = '{"a": 1}' WHERE id = 'bad'""");

        var (good, bad) = (
            _store.LoadAsync(ProcessId.Parse("good"), Token),
            _store.LoadAsync(ProcessId.Parse("bad"), Token));

        (await good)!.Row.Version.ShouldBe(1);
        (await Should.ThrowAsync<WorkflowException>(() => bad)).Message.ShouldContain("process bad");
    }

    [Fact]
    public async Task Batch_VictimOfADeadlock_IsTriedAgain()
    {
        var (first, second) = (await StoredAsync("p1"), await StoredAsync("p2"));
        await using var other = await Sql.OpenAsync(outage.ConnectionString);
        await using var connection = await Sql.OpenAsync(
            $"{outage.ConnectionString};Application Name=orleans-workflows writers");
        await using var session = new PostgresWriteSession(connection, new InboxBudgets());

        // The other would find the deadlock only after a minute, so it is the batch's that is found.
        await Sql.RunAsync(
            other,
            "SET deadlock_timeout = '1min'; BEGIN; SELECT 1 FROM process WHERE id = 'p2' FOR UPDATE");
        var batch = Should.ThrowAsync<NpgsqlException>(() =>
            session.ExecuteAsync([new CommitItem(A.Step(first)), new CommitItem(A.Step(second))], Token));
        await outage.WritersThatWaitAsync("wait_event_type = 'Lock'");
        await Sql.RunAsync(other, "SELECT 1 FROM process WHERE id = 'p1' FOR UPDATE; COMMIT");

        PostgresErrors.Classify(await batch).ShouldBe(WriteFault.Transient);
        session.OutcomeUnknown.ShouldBeFalse();
        await ShouldBeWholeAsync("p1", 1);
    }

    [Fact]
    public async Task EveryConnection_TerminatedAgainAndAgain_NothingIsLostOrDoubled()
    {
        await using var load = await StepLoad.StartAsync(_store, processes: 40);
        for (var round = 1; round <= 5; round++)
        {
            await load.GoesOnAsync(round * 200);

            // In this very moment the store may be between two connections.
            await Eventually.TrueAsync(
                "there is a connection to terminate",
                async () => await outage.EndConnectionsAsync() > 0);
        }

        await load.GoesOnAsync(1_500);
        foreach (var (id, version) in await load.EndAsync())
        {
            await ShouldBeWholeAsync(id, version);
        }
    }

    [Fact]
    public async Task Server_StoppedUnderLoad_StartedAgain_NothingIsLostOrDoubled()
    {
        await using var load = await StepLoad.StartAsync(_store, processes: 40);
        await load.GoesOnAsync(200);

        await outage.Server.StopAsync(Shared.Postgres.PostgresStop.Fast);
        await ShouldNotAnswerAsync();
        await Should.ThrowAsync<StoreUnavailableException>(() => _store.LoadAsync(ProcessId.Parse("load-00"), Token));
        await outage.Server.StartAgainAsync(Token);

        await load.GoesOnAsync(1_000);
        await _store.PingAsync(Token);
        foreach (var (id, version) in await load.EndAsync())
        {
            await ShouldBeWholeAsync(id, version);
        }
    }

    [Fact]
    public async Task TwoSilos_WithTheSameProcesses_ExactlyOneWinsEach_AndNobodySeesADeadlock()
    {
        await using var zombie = PostgresSource.Open(outage.ConnectionString, _log);
        await zombie.InitializeAsync(Token);
        var rows = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => StoredAsync($"p{i:00}")));
        for (var round = 0; round < 60; round++)
        {
            var mine = rows.Select(A.Step).ToList();
            var theirs = rows.Reverse()
                .Select(row => A.Step(row) with { Messages = [A.Signal(rows[0].Id, $"{round}-{row.Id}")] })
                .Reverse()
                .ToList();

            var results = await Task.WhenAll(
                Task.Run(() => Task.WhenAll(mine.Select(c => _store.CommitAsync(c, Token))), Token),
                Task.Run(() => Task.WhenAll(theirs.Select(c => zombie.CommitAsync(c, Token))), Token));

            for (var i = 0; i < rows.Length; i++)
            {
                new[] { results[0][i].Status, results[1][i].Status }
                    .Order()
                    .ToArray()
                    .ShouldBe([CommitStatus.Done, CommitStatus.Conflict], $"round {round}, row {i}");
                rows[i] = results[0][i].Status is CommitStatus.Done ? mine[i].Row : theirs[i].Row;
            }
        }

        foreach (var row in rows)
        {
            await ShouldBeWholeAsync(row.Id.Value, 61);
        }
    }

    [Fact]
    public async Task Poison_U0000AmongAHundred_OnlyTheGuiltyAreTold()
    {
        var rows = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => StoredAsync($"p{i:00}")));
        var commits = rows.Select(A.Step).ToList();
        commits[17] = A.Step(rows[17] with { StatusText = "a\0b" });
        commits[63] = A.Step(rows[63] with { Tags = new Dictionary<string, string> { ["a"] = "\0" } });
        commits[80] = A.Step(rows[80]) with { Messages = [A.Signal(rows[1].Id, "m") with { Name = "\0" }] };
        var poisonedMessage = _store.SendAsync(A.Signal(rows[3].Id, "m\0"), Token);

        var results = await Task.WhenAll(commits.Select(c => _store.CommitAsync(c, Token)));

        results
            .Index()
            .Where(static r => r.Item.Status is not CommitStatus.Done)
            .Select(static r => (r.Index, r.Item.Status))
            .ShouldBe([(17, CommitStatus.Rejected), (63, CommitStatus.Rejected), (80, CommitStatus.Rejected)]);
        await Should.ThrowAsync<WorkflowException>(() => poisonedMessage);
        await ShouldBeWholeAsync("p17", 1);
        await ShouldBeWholeAsync("p99", 2);
    }

    [Theory]
    [InlineData("P0001")]
    [InlineData("XX001")]
    public async Task Rows_ThatATriggerRefuses_AreRejected_AndTheOthersGoOn(string sqlState)
    {
        var rows = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(i => StoredAsync($"{(i % 10 == 7 ? "poison" : "p")}{i:00}")));
        await Sql.RunAsync(
            outage.ConnectionString,
            $"""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'not this one' USING ERRCODE = '{sqlState}'; END$$;
            CREATE TRIGGER refuse BEFORE UPDATE ON process FOR EACH ROW WHEN (new.id LIKE 'poison%')
                EXECUTE FUNCTION refuse()
            """);
        try
        {
            var results = await Task.WhenAll(rows.Select(row => _store.CommitAsync(A.Step(row), Token)))
                .WaitAsync(TimeSpan.FromSeconds(30), Token);

            results
                .Index()
                .Where(static r => r.Item.Status is not CommitStatus.Done)
                .Select(static r => (r.Index, r.Item.Status))
                .ShouldBe(Enumerable.Range(0, 10).Select(static i => ((i * 10) + 7, CommitStatus.Rejected)));
        }
        finally
        {
            await Sql.RunAsync(outage.ConnectionString, "DROP TRIGGER refuse ON process; DROP FUNCTION refuse()");
        }
    }

    private async Task<ProcessRow> StoredAsync(string id)
    {
        var insert = A.Insert(A.Row(id));
        (await _store.CommitAsync(insert, Token)).Status.ShouldBe(CommitStatus.Done);
        return insert.Row;
    }

    /// <summary>
    /// Sees that a ping finds the store out: it is told so, or waits behind batches whose outcome only the server
    /// knows.
    /// </summary>
    private async Task ShouldNotAnswerAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(1));
        var error = await Should.ThrowAsync<Exception>(() => _store.PingAsync(patience.Token));
        (error is StoreUnavailableException or OperationCanceledException).ShouldBeTrue(error.ToString());
    }

    private async Task ShouldBeWholeAsync(string id, long version)
    {
        (await _store.LoadAsync(ProcessId.Parse(id), Token))!.Row.Version.ShouldBe(version, id);
        (await _store.ReadHistoryAsync(ProcessId.Parse(id), 0, 100_000, Token)).Select(static h => h.Version)
            .ShouldBe(Enumerable.Range(1, (int)version).Select(static v => (long)v), id);
    }
}
