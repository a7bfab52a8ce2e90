using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.StorageTests.Conformance;

/// <summary>Commits of one process: versions, repetitions and refusals.</summary>
/// <param name="source">Makes the store.</param>
public abstract class CommitConformance(StoreSource source) : StoreTest(source)
{
    [Fact]
    public async Task Load_UnknownId_ReturnsNull() =>
        (await Store.LoadAsync(ProcessId.Parse("nobody"), Token)).ShouldBeNull();

    [Fact]
    public async Task Commit_Insert_LoadReturnsEveryField()
    {
        var row = A.ChildOf(A.Row("parent"), 4, 2) with
        {
            State = ProcessState.Waiting,
            Owner = null,
            DueAt = A.Noon.AddTicks(1_234_567_890),
            Incident = null,
            StatusText = "waits for \u00e4 bank",
            ExitCode = 7,
            CreatedAt = A.Noon.AddTicks(19),
            UpdatedAt = A.Noon.ToOffset(TimeSpan.FromHours(5)),
            FinishedAt = null,
            Output = [1, 2],
            Failure = [3],
            Tags = new Dictionary<string, string> { ["a"] = "", ["customer"] = "K\u00f6ln 'x'" },
        };

        row = await StoredAsync(row);

        var loaded = await Store.LoadAsync(row.Id, Token);
        loaded!.Inbox.ShouldBeEmpty();
        loaded.Row.ShouldBeEquivalentTo(row with { CreatedAt = A.Noon.AddTicks(10), UpdatedAt = A.Noon });
    }

    [Fact]
    public async Task ReadHead_SaysWhereTheProcessStands()
    {
        var insert = A.Insert(A.Row("p"));
        await WriteAsync(insert);
        (await Store.ReadHeadAsync(insert.Row.Id, Token)).ShouldBe(
            new ProcessHead(1, insert.OperationId, ProcessState.Running, "silo-1"));

        var end = A.Step(insert.Row.Ended(A.Noon));
        await WriteAsync(end);

        var heads = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Store.ReadHeadAsync(insert.Row.Id, Token)));
        heads.ShouldAllBe(head => head == new ProcessHead(2, end.OperationId, ProcessState.Finished, null));
        (await Store.ReadHeadAsync(ProcessId.Parse("nobody"), Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Commit_EveryMutableField_LoadReturnsIt()
    {
        var row = await StoredAsync(A.Row("p") with { Tags = new Dictionary<string, string> { ["a"] = "1" } });
        var step = A.Step(row with
        {
            DefinitionVersion = 9,
            Paused = true,
            Owner = null,
            Incident = IncidentCode.CrashLoop,
            StatusText = "stopped",
            UpdatedAt = A.Noon.AddSeconds(9),
            Tags = new Dictionary<string, string> { ["b"] = "2" },
            Checkpoint = [9, 9],
            Failure = [8],
        });

        (await WriteAsync(step)).Status.ShouldBe(CommitStatus.Done);

        (await RowAsync(row.Id)).ShouldBeEquivalentTo(step.Row with { Input = row.Input });
        (
            await Store.ListAsync(new ProcessQuery { Tags = new Dictionary<string, string> { ["b"] = "2" } }, Token)
        ).Items.Count.ShouldBe(1);
        (
            await Store.ListAsync(new ProcessQuery { Tags = new Dictionary<string, string> { ["a"] = "1" } }, Token)
        ).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Commit_LaterInputAndOutput_KeepTheFirst()
    {
        var row = await StoredAsync(A.Row("p"));
        var first = A.Step(row) with { Row = row with { Version = 2, Input = [1], Output = [2] } };
        await WriteAsync(first);
        await WriteAsync(A.Step(first.Row) with { Row = first.Row with { Version = 3, Output = [3] } });

        var loaded = await RowAsync(row.Id);

        loaded!.Input.ShouldBe(row.Input);
        loaded.Output.ShouldBe([2]);
    }

    [Fact]
    public async Task Commit_ConcurrentWritersOfOneVersion_ExactlyOneWins()
    {
        const int Writers = 8;
        var row = await StoredAsync(A.Row("contested"));
        for (var round = 0; round < 50; round++)
        {
            var commits = Enumerable
                .Range(0, Writers)
                .Select(i => A.Step(row with { StatusText = $"writer {i}" }))
                .ToList();
            using var barrier = new Barrier(2);
            var results = await Task.WhenAll(commits.Chunk(Writers / 2).Select(half => Task.Run(
                async () =>
                {
                    barrier.SignalAndWait(Token);
                    return await Task.WhenAll(half.Select(WriteAsync));
                },
                Token)));

            var statuses = results.SelectMany(static r => r).Select(static r => r.Status).ToList();
            statuses.Count(static s => s is CommitStatus.Done).ShouldBe(1, $"round {round}");
            statuses.Count(static s => s is CommitStatus.Conflict).ShouldBe(Writers - 1, $"round {round}");
            row = commits[statuses.IndexOf(CommitStatus.Done)].Row;
            (await RowAsync(row.Id))!.StatusText.ShouldBe(row.StatusText);
        }
    }

    [Fact]
    public async Task Commit_TwoOfOneProcessInFlight_AreWrittenInOrder()
    {
        var row = await StoredAsync(A.Row("p"));
        var second = A.Step(row);
        var third = A.Step(second.Row);

        var results = await Task.WhenAll(WriteAsync(second), WriteAsync(third));

        results.ShouldAllBe(static r => r.Status == CommitStatus.Done);
        (await RowAsync(row.Id))!.Version.ShouldBe(3);
    }

    [Fact]
    public async Task Commit_OneConflictAndOnePoisonAmongAHundred_OnlyTheseAreTold()
    {
        var rows = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => StoredAsync(A.Row($"p{i:000}"))));
        var commits = rows.Select(A.Step).ToList();
        commits[17] = A.Step(rows[17] with { Version = 5 });
        commits[63] = A.Step(rows[63] with { DueAt = A.Noon });

        var results = await Task.WhenAll(commits.Select(WriteAsync));

        results[17].Status.ShouldBe(CommitStatus.Conflict);
        results[63].Status.ShouldBe(CommitStatus.Rejected);
        results[63].Reason.ShouldNotBeNullOrEmpty();
        results.Where((_, i) => i is not (17 or 63)).ShouldAllBe(static r => r.Status == CommitStatus.Done);
        var page = await Store.ListAsync(new ProcessQuery { PageSize = 1_000 }, Token);
        page.Items.Where(static p => p.Version != 2).Select(static p => p.Id.Value).Order().ShouldBe(["p017", "p063"]);
    }

    [Theory]
    [InlineData(ProcessState.Running, false, null, false)]
    [InlineData(ProcessState.Running, true, "silo", false)]
    [InlineData(ProcessState.Waiting, false, "silo", false)]
    [InlineData(ProcessState.Running, false, "silo", true)]
    [InlineData(ProcessState.Waiting, true, null, true)]
    [InlineData(ProcessState.Finished, false, null, true)]
    public async Task Commit_RowAgainstTheRules_IsRejected(ProcessState state, bool paused, string? owner, bool due)
    {
        var bad = A.Row("bad") with { State = state, Paused = paused, Owner = owner, DueAt = due ? A.Noon : null };

        (await WriteAsync(A.Insert(bad))).Status.ShouldBe(CommitStatus.Rejected);

        (await RowAsync(bad.Id)).ShouldBeNull();
    }

    [Fact]
    public async Task Commit_SameOperationAgain_IsDone()
    {
        var insert = A.Insert(A.Row("p"));
        (await WriteAsync(insert)).Status.ShouldBe(CommitStatus.Done);
        (await WriteAsync(insert)).Status.ShouldBe(CommitStatus.Done);
        var step = A.Step(insert.Row);
        (await WriteAsync(step)).Status.ShouldBe(CommitStatus.Done);

        (await WriteAsync(step)).Status.ShouldBe(CommitStatus.Done);

        (await Store.ReadHistoryAsync(insert.Row.Id, 0, 10, Token)).Select(static h => h.Version).ShouldBe([1, 2]);
    }

    [Theory]
    [InlineData("start-p")]
    [InlineData("start-of-another")]
    public async Task Commit_InsertOfATakenId_AlreadyExists(string startRequestId)
    {
        var row = await StoredAsync(A.Row("p"));

        (await WriteAsync(A.Insert(row with { StartRequestId = startRequestId, Type = "other" }))).Status.ShouldBe(
            CommitStatus.AlreadyExists);

        (await RowAsync(row.Id))!.Type.ShouldBe("order");
    }

    [Fact]
    public async Task Commit_UnknownProcessOrWrongVersion_Conflict()
    {
        var row = await StoredAsync(A.Row("p"));

        (await WriteAsync(A.Step(A.Row("nobody")))).Status.ShouldBe(CommitStatus.Conflict);
        (await WriteAsync(A.Step(row with { Version = 2 }))).Status.ShouldBe(CommitStatus.Conflict);
        (await WriteAsync(A.Step(row with { RunId = "run-0" }))).Status.ShouldBe(CommitStatus.Conflict);
        (await RowAsync(row.Id))!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task Commit_OnAVersionOfAnotherHistory_Conflict()
    {
        var row = await StoredAsync(A.Row("p"));
        var lost = A.Step(row with { StatusText = "lost" });
        var kept = await SteppedAsync(row with { StatusText = "kept" });

        // The database fell back behind the lost one and went on with another of the same version: who holds the lost
        // one must not go on.
        (await WriteAsync(A.Step(lost.Row))).Status.ShouldBe(CommitStatus.Conflict);
        (await Store.CommitAsync(A.Step(kept) with { ExpectedOperation = Guid.Empty }, Token)).Status.ShouldBe(
            CommitStatus.Conflict);
        (await WriteAsync(lost)).Status.ShouldBe(CommitStatus.Conflict);

        (await RowAsync(row.Id))!.ShouldSatisfyAllConditions(
            r => r.StatusText.ShouldBe("kept"),
            r => r.LastOperation.ShouldBe(kept.LastOperation));
        (await Store.ReadHistoryAsync(row.Id, 0, 10, Token)).Select(static h => h.Version).ShouldBe([1, 2]);
        await SteppedAsync(kept);
    }

    [Fact]
    public async Task Commit_ThatContradictsItself_Throws()
    {
        var commit = A.Insert(A.Row("p"));

        await Should.ThrowAsync<ArgumentException>(() => WriteAsync(commit with { ExpectedVersion = 1 }));
        await Should.ThrowAsync<ArgumentException>(() => WriteAsync(commit with { History = [] }));
        await Should.ThrowAsync<ArgumentException>(() => WriteAsync(commit with { OperationId = Guid.Empty }));
        await Should.ThrowAsync<ArgumentException>(() =>
            WriteAsync(commit with { Children = [A.ChildOf(commit.Row, 0, 0) with { Id = default }] }));
    }

    [Fact]
    public async Task Commit_CanceledBefore_WritesNothing()
    {
        var canceled = new CancellationToken(canceled: true);

        await Should.ThrowAsync<OperationCanceledException>(() => Store.CommitAsync(A.Insert(A.Row("p")), canceled));

        (await RowAsync(ProcessId.Parse("p"))).ShouldBeNull();
    }

    [Fact]
    public async Task History_OfManyCommits_IsContiguous()
    {
        var row = await StoredAsync(A.Row("p"));
        for (var i = 0; i < 20; i++)
        {
            await WriteAsync(A.Step(row with { Version = row.Version + 1 }));
            row = await SteppedAsync(row with { UpdatedAt = row.UpdatedAt.AddSeconds(1) });
        }

        var history = await Store.ReadHistoryAsync(row.Id, 0, 100, Token);
        var part = await Store.ReadHistoryAsync(row.Id, 5, 3, Token);

        history.Select(static h => h.Version).ShouldBe(Enumerable.Range(1, 21).Select(static i => (long)i));
        history[0]
            .Events.ShouldBe([new HistoryEvent(HistoryKind.Created), new HistoryEvent(HistoryKind.Started, "first")]);
        history[3]
            .ShouldSatisfyAllConditions(
                h => h.At.ShouldBe(A.Noon.AddSeconds(3)),
                h => h.Events.ShouldBe([new(HistoryKind.StepCompleted, "step 3")]));
        part.Select(static h => h.Version).ShouldBe([6, 7, 8]);
    }

    [Fact]
    public async Task Ping_OfAStoreThatWorks_Completes() => await Should.NotThrowAsync(() => Store.PingAsync(Token));
}
