using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>What a purge leaves in the tables: numbers are never given again, so no read would show it.</summary>
/// <param name="fixture">The server.</param>
public sealed class PostgresPurgeTests(PostgresFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Purge_OfATree_LeavesNoRowsOfIt()
    {
        var database = await fixture.CreateDatabaseAsync(nameof(PostgresPurgeTests));
        await using var store = PostgresSource.Open(database);
        await store.InitializeAsync(Token);
        var root = A.Insert(A.Row("p"));
        var child = A.ChildOf(root.Row, 0, 0);
        var line = new ReportLine(A.Noon, ReportLevel.Report, "first", 1, "said");
        await WriteAsync(root with { Children = [child], Reports = [line] });
        await store.SendAsync(A.Signal(child.Id, "m"), Token);
        await WriteAsync(
            A.Step(child.Ended(A.Noon) with { LastOperation = root.OperationId }) with
            {
                Reports = [line],
            });
        await WriteAsync(A.Step(root.Row.Ended(A.Noon)));
        (await CountsAsync()).ShouldBe("2 4 2 1");

        (await store.PurgeAsync(A.Noon.AddHours(1), 10, Token)).ShouldBe(2);

        (await CountsAsync()).ShouldBe("0 0 0 0");

        async Task WriteAsync(ProcessCommit commit) =>
            (await store.CommitAsync(commit, Token)).Status.ShouldBe(CommitStatus.Done);

        Task<string?> CountsAsync() =>
            Sql.ReadAsync(
                database,
                "SELECT concat_ws(' ', (SELECT count(*) FROM process), (SELECT count(*) FROM history), (SELECT "
                + "count(*) FROM report), (SELECT count(*) FROM inbox))");
    }
}
