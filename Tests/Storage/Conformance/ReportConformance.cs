using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.StorageTests.Conformance;

/// <summary>The lines that processes report: written with their commit, read by place.</summary>
/// <param name="source">Makes the store.</param>
public abstract class ReportConformance(StoreSource source) : TreeConformance(source)
{
    [Fact]
    public async Task Reports_OfCommits_AreReadInTheirOrderWithAllFields()
    {
        var insert = A.Insert(A.Row("p"));
        await WriteAsync(insert with { Reports = Lines("first", 3) });
        await StoredAsync(A.Row("silent"));
        var late = new ReportLine(
            A.Noon.AddTicks(19).ToOffset(TimeSpan.FromHours(5)),
            ReportLevel.Critical,
            "Charge/0",
            7,
            "K\u00f6ln 'x'\n\ud83d\ude00");
        await WriteAsync(A.Step(insert.Row) with { Reports = [late, .. Lines("second", 2)] });

        var read = await ReadAsync("p");

        read.Select(static r => r.Text).ShouldBe(["first 0", "first 1", "first 2", late.Text, "second 0", "second 1"]);
        read.Zip(read.Skip(1)).ShouldAllBe(static pair => pair.First.Sequence < pair.Second.Sequence);
        read[0].Sequence.ShouldBeGreaterThan(0);
        read[3].ShouldBe(new ReportEntry
        {
            Sequence = read[3].Sequence,
            ProcessId = insert.Row.Id,
            At = A.Noon.AddTicks(10),
            Level = ReportLevel.Critical,
            Position = "Charge/0",
            Attempt = 7,
            Text = late.Text,
        });
        (await ReadAsync("silent")).ShouldBeEmpty();
        (await ReadAsync("nobody")).ShouldBeEmpty();
        (await ReadAsync("nobody", tree: true)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Reports_BelowTheMinimum_AreLeftOut()
    {
        var levels = Enum.GetValues<ReportLevel>();
        await WriteAsync(
            A.Insert(A.Row("p")) with
            {
                Reports = [.. levels.Select(static level => new ReportLine(A.Noon, level, "first", 1, $"{level}"))],
            });

        foreach (var minimum in levels)
        {
            (await ReadAsync("p", minimum: minimum))
                .Select(static r => r.Level)
                .ShouldBe(levels.Where(level => level >= minimum), minimum.ToString());
            (await ReadAsync("p", tree: true, minimum: minimum))
                .Select(static r => r.Level)
                .ShouldBe(levels.Where(level => level >= minimum), minimum.ToString());
        }
    }

    [Fact]
    public async Task Reports_OfATree_AreThoseOfTheProcessAndItsDescendants()
    {
        await ReportingTreeAsync();
        await WriteAsync(A.Insert(A.Row("stranger")) with { Reports = Lines("stranger", 1) });

        (await ReadAsync("p", tree: true))
            .Select(static r => (r.ProcessId.Value, r.Text))
            .ShouldBe([
                ("p", "root 0"),
                ("p/0.0", "child 0"),
                ("p/0.0/0.0", "grandchild 0"),
                ("p/0.1", "other 0"),
                ("p/0.1", "other 1"),
                ("p", "again 0"),
            ]);
        (await ReadAsync("p/0.0", tree: true)).Select(static r => r.Text).ShouldBe(["child 0", "grandchild 0"]);
        (await ReadAsync("p/0.0/0.0", tree: true)).Select(static r => r.Text).ShouldBe(["grandchild 0"]);
        (await ReadAsync("p")).Select(static r => r.Text).ShouldBe(["root 0", "again 0"]);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task Reports_PageByPage_AreReadOnceEach(bool tree, int limit)
    {
        await ReportingTreeAsync();
        var whole = await ReadAsync("p", tree);
        var read = new List<ReportEntry>();
        for (
            var page = await ReadAsync("p", tree, limit: limit);
            page.Count > 0;
            page = await ReadAsync("p", tree, after: read[^1].Sequence, limit: limit))
        {
            page.Count.ShouldBeLessThanOrEqualTo(limit);
            read.AddRange(page);
        }

        read.ShouldBe(whole);
        (await ReadAsync("p", tree, after: whole[^1].Sequence)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Reports_OfARefusedCommit_AreNotWritten()
    {
        var row = await StoredAsync(A.Row("p"));
        var taken = await StoredAsync(A.Row("taken"));
        var refused = (ProcessCommit[])
        [
            A.Step(row with { Version = 5 }),
            A.Step(row with { RunId = "run-0" }),
            A.Step(row with { DueAt = A.Noon }),
            A.Insert(row),
            A.Step(row) with
            {
                Children = [A.ChildOf(row, 0, 0) with { Id = taken.Id }],
            },
        ];

        var results = await Task.WhenAll(refused.Select(c => WriteAsync(c with { Reports = Lines("refused", 2) })));
        var accepted = await WriteAsync(A.Step(row) with { Reports = Lines("accepted", 1) });

        results
            .Select(static r => r.Status)
            .ShouldBe([
                CommitStatus.Conflict,
                CommitStatus.Conflict,
                CommitStatus.Rejected,
                CommitStatus.AlreadyExists,
                CommitStatus.ChildExists,
            ]);
        accepted.Status.ShouldBe(CommitStatus.Done);
        (await ReadAsync("p")).Select(static r => r.Text).ShouldBe(["accepted 0"]);
        (await ReadAsync("taken")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Report_WithoutALevel_IsRejectedWithItsCommit()
    {
        var row = await StoredAsync(A.Row("p"));

        (
            await WriteAsync(A.Step(row) with { Reports = [new ReportLine(A.Noon, default, "first", 1, "text")] })
        ).Status.ShouldBe(CommitStatus.Rejected);

        (await RowAsync(row.Id))!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task Reports_OfAnOperationThatIsRepeated_AreWrittenOnce()
    {
        var insert = A.Insert(A.Row("p")) with { Reports = Lines("inserted", 2) };
        var step = A.Step(insert.Row) with { Reports = Lines("stepped", 2) };

        foreach (var commit in (ProcessCommit[])[insert, insert, step, step])
        {
            (await WriteAsync(commit)).Status.ShouldBe(CommitStatus.Done);
        }

        (await ReadAsync("p"))
            .Select(static r => r.Text)
            .ShouldBe(["inserted 0", "inserted 1", "stepped 0", "stepped 1"]);
    }

    [Fact]
    public async Task Reports_OfAPurgedTree_AreGoneAndNoSequenceComesAgain()
    {
        await WriteAsync(A.Insert(A.Row("stays")) with { Reports = Lines("stays", 1) });
        var rows = await ReportingTreeAsync();
        var last = (await ReadAsync("p", tree: true))[^1].Sequence;
        foreach (var row in rows)
        {
            (await WriteAsync(A.Step(row.Ended(A.Noon)))).Status.ShouldBe(CommitStatus.Done);
        }

        (await Store.PurgeAsync(A.Noon.AddHours(1), 10, Token)).ShouldBe(4);

        // A database may give a number of a purged process again: nothing of the old one may show then.
        await StoredAsync(A.Row("p"));
        await StoredAsync(A.Row("q"));
        (await ReadAsync("p", tree: true)).ShouldBeEmpty();
        (await ReadAsync("q", tree: true)).ShouldBeEmpty();
        (await ReadAsync("stays")).Count.ShouldBe(1);
        await WriteAsync(A.Insert(A.Row("r")) with { Reports = Lines("new", 1) });
        (await ReadAsync("r")).ShouldHaveSingleItem().Sequence.ShouldBeGreaterThan(last);
    }

    private static IReadOnlyList<ReportLine> Lines(string text, int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new ReportLine(A.Noon.AddSeconds(i), ReportLevel.Report, "first", 1, $"{text} {i}")),
        ];

    private async Task<ProcessRow[]> ReportingTreeAsync()
    {
        var root = A.Insert(A.Row("p"));
        var (child, other) = (A.ChildOf(root.Row, 0, 0), A.ChildOf(root.Row, 0, 1));
        await WriteAsync(root with { Children = [child, other], Reports = Lines("root", 1) });
        var step = A.Step(child);
        var grandchild = A.ChildOf(child, 0, 0);
        await WriteAsync(step with { Children = [grandchild], Reports = Lines("child", 1) });
        var grandstep = A.Step(grandchild);
        await WriteAsync(grandstep with { Reports = Lines("grandchild", 1) });
        var otherStep = A.Step(other);
        await WriteAsync(otherStep with { Reports = Lines("other", 2) });
        var again = A.Step(root.Row);
        await WriteAsync(again with { Reports = Lines("again", 1) });
        return [again.Row, step.Row, grandstep.Row, otherStep.Row];
    }

    private Task<IReadOnlyList<ReportEntry>> ReadAsync(
        string id, bool tree = false, ReportLevel minimum = ReportLevel.Debug, long after = 0, int limit = 100) =>
        Store.ReadReportsAsync(ProcessId.Parse(id), tree, minimum, after, limit, Token);
}
