using Orleans.Workflows.Behaviour.Clusters;
using Orleans.Workflows.Behaviour.Hooks;

namespace Orleans.Workflows.Behaviour.Reports;

/// <summary>What steps report for the users of their process.</summary>
/// <param name="stores">The clusters.</param>
/// <param name="kind">The store.</param>
public abstract class ReportTest(Stores stores, StoreKind kind) : BehaviourTest(stores, kind)
{
    [Fact]
    public async Task Report_OfAStepThatRuns_IsNotVisibleYet()
    {
        var process = await StartAsync("wait");
        await Stage.ReachedAsync(process.Id, "runs 1", Cancel);
        var meanwhile = await LinesAsync(process);

        Stage.Reach(process.Id, "go");
        await process.WaitAsync(Cancel);

        meanwhile.ShouldBeEmpty();
        (await LinesAsync(process)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            line => line.Text.ShouldBe("attempt 1"),
            line => line.Level.ShouldBe(ReportLevel.Report),
            line => line.ProcessId.ShouldBe(process.Id),
            line => line.Position.ShouldBe("Gated"),
            line => line.Attempt.ShouldBe(1));
    }

    [Fact]
    public async Task Report_OfAFailedAttempt_IsKept()
    {
        var process = await StartAsync("fail once");

        await process.GetResultAsync(Cancel);

        (await LinesAsync(process)).Select(static line => (line.Text, line.Attempt, line.Level))
            .ShouldBe([("attempt 1", 1, ReportLevel.Error), ("attempt 2", 2, ReportLevel.Info)]);
    }

    [Fact]
    public async Task Report_OfAnAttemptThatTimesOut_IsKept()
    {
        var process = await StartAsync("time out");

        (await process.WaitAsync(Cancel)).Failure!.Type.ShouldBe(typeof(TimeoutException).FullName);

        (await LinesAsync(process)).ShouldHaveSingleItem().Text.ShouldBe("before the time is over");
    }

    [Fact]
    public async Task Report_OfAStepThatIsKilled_IsKept()
    {
        var process = await StartAsync("wait");
        await Stage.ReachedAsync(process.Id, "runs 1", Cancel);

        await process.KillAsync("enough", cancellationToken: Cancel);
        await process.WaitAsync(Cancel);

        (await LinesAsync(process)).ShouldHaveSingleItem().Text.ShouldBe("attempt 1");
    }

    [Fact]
    public async Task Report_OfAFailedAttemptWhoseHookFails_IsKept()
    {
        var id = NewId();
        Stage.Reach(id, "retry step");
        Stage.Reach(id, "fail OnWait");
        var process = await Client.StartAsync(
            HookedProcess.Type,
            new HookInput(),
            new StartOptions { Id = id },
            Cancel);

        (await process.WaitAsync(Cancel)).Message.ShouldBe("OnWait failed");

        (await LinesAsync(process)).ShouldHaveSingleItem().Text.ShouldBe("about to fail");
    }

    [Fact]
    public async Task Reports_FromALevelOn_AreThoseThatMatter()
    {
        var process = await StartAsync("levels");
        await process.WaitAsync(Cancel);

        var all = await LinesAsync(process);
        var some = await LinesAsync(process, ReportLevel.Warning);

        all.Select(static line => line.Text[..Math.Min(line.Text.Length, 9)])
            .ShouldBe(["Debug", "Info", "Report", "Warning", "Error", "Critical", "no level", "xxxxxxxxx"]);
        some.Select(static line => line.Text).ShouldBe(["Warning", "Error", "Critical"]);
        all[^1].Text.Length.ShouldBe(8_000, "longer text is cut");
    }

    [Fact]
    public async Task Reports_OfATree_AreInTheOrderOfTheirCommits()
    {
        var process = await StartAsync("start a child");
        await process.WaitAsync(Cancel);

        var own = await LinesAsync(process);
        var whole = await process
            .GetReportsAsync(ReportLevel.Error, tree: true, cancellationToken: Cancel)
            .ToListAsync(Cancel);
        var rest = await process
            .GetReportsAsync(ReportLevel.Report, tree: true, own[0].Sequence, Cancel)
            .ToListAsync(Cancel);

        own.Select(static line => line.Text).ShouldBe(["before the child", "behind the child"]);
        whole.Select(static line => line.Text).ShouldBe(["Error", "Critical"]);
        whole.ShouldAllBe(line => line.ProcessId == process.Id.Child(1, 0));
        rest.Count.ShouldBe(7);
        rest[^1].Text.ShouldBe("behind the child");
        rest.Select(static line => line.Sequence).ShouldBeInOrder();
    }

    [Fact]
    public async Task Report_WithACharacterThatNoDatabaseKeeps_IsRefused()
    {
        var process = await StartAsync("bad text");

        (await process.GetResultAsync(Cancel)).Text.ShouldContain("U+0000");

        (await LinesAsync(process)).ShouldHaveSingleItem().Text.ShouldBe("good");
    }

    private static Task<List<ReportEntry>> LinesAsync(ProcessHandle process, ReportLevel minimum = ReportLevel.Debug) =>
        process.GetReportsAsync(minimum, cancellationToken: Cancel).ToListAsync(Cancel).AsTask();

    private Task<ProcessHandle<ReportOutput>> StartAsync(string does) =>
        Client.StartAsync(ReportProcess.Type, new ReportInput(does), new StartOptions { Id = NewId() }, Cancel);
}

/// <summary>Report logs in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryReportTests(Stores stores) : ReportTest(stores, StoreKind.Memory);

/// <summary>Report logs on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteReportTests(Stores stores) : ReportTest(stores, StoreKind.Sqlite);

/// <summary>Report logs on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresReportTests(Stores stores) : ReportTest(stores, StoreKind.Postgres);
