using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage;
using Orleans.Workflows.Storage.GroupCommit;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>Whose fault it is when the only thing that is written is refused.</summary>
public sealed class PostgresLikeTests(PostgresOutage outage) : IClassFixture<PostgresOutage>, IAsyncLifetime
{
    private const int Tries = UnclearItems.Enough * 3;

    private const string Everything =
        """
        SELECT ((SELECT count(*) FROM process) + (SELECT count(*) FROM history)
            + (SELECT count(*) FROM inbox) + (SELECT count(*) FROM report))::text
        """;

    private readonly KeptLog<PostgresProcessStore> _log = new();
    private PostgresProcessStore _store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int> Parts =>
        [.. Enum.GetValues<Touched>().Select(static part => (int)part), (int)(Touched)0x1FF];

    public async ValueTask InitializeAsync()
    {
        await Sql.RunAsync(
            outage.ConnectionString,
            "DELETE FROM report; DELETE FROM process; DELETE FROM history; DELETE FROM inbox");
        _store = PostgresSource.Open(outage.ConnectionString, _log);
        await _store.InitializeAsync(Token);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task TheLikeOfAnything_IsTakenBySoundTables_AndLeavesNothing(int touches)
    {
        await using var connection = await Sql.OpenAsync(outage.ConnectionString);
        await using var session = new PostgresWriteSession(connection, new InboxBudgets());

        (await session.TakesTheLikeAsync((Touched)touches, Token)).ShouldBeTrue();

        (await Sql.ReadAsync(outage.ConnectionString, Everything)).ShouldBe("0");
    }

    [Theory]
    [InlineData("process", Touched.Row)]
    [InlineData("history", Touched.Row)]
    [InlineData("report", Touched.Reports)]
    [InlineData("inbox", Touched.Marks)]
    [InlineData("inbox", Touched.ClosedInbox)]
    [InlineData("inbox", Touched.Messages)]
    [InlineData("inbox", Touched.ToChildren)]
    [InlineData("inbox", Touched.Message)]
    [InlineData("process", Touched.Children)]
    public async Task TheLike_OfATableThatTakesNothing_IsRefused(string table, object touches)
    {
        await RefuseAsync(table, "TRUE");
        try
        {
            await using var connection = await Sql.OpenAsync(outage.ConnectionString);
            await using var session = new PostgresWriteSession(connection, new InboxBudgets());

            await Should.ThrowAsync<Npgsql.PostgresException>(
                () => session.TakesTheLikeAsync((Touched)touches, Token));
        }
        finally
        {
            await AllowAsync(table);
        }
    }

    [Fact]
    public async Task TheLike_OfATableThatRefusesAtTheEndOfTheTransaction_IsRefused()
    {
        await Sql.RunAsync(
            outage.ConnectionString,
            """
            CREATE FUNCTION refuse_late() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN RAISE EXCEPTION USING ERRCODE = ''42501''; END';
            CREATE CONSTRAINT TRIGGER refuse_late AFTER INSERT OR UPDATE ON process
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_late();
            """);
        try
        {
            await using var connection = await Sql.OpenAsync(outage.ConnectionString);
            await using var session = new PostgresWriteSession(connection, new InboxBudgets());

            await Should.ThrowAsync<Npgsql.PostgresException>(() => session.TakesTheLikeAsync(Touched.Row, Token));
        }
        finally
        {
            await Sql.RunAsync(outage.ConnectionString, "DROP FUNCTION refuse_late CASCADE");
        }
    }

    [Fact]
    public async Task ARowThatIsAlwaysRefused_AndIsAllThereIs_IsRejectedWithinSomeTries()
    {
        var row = await StoredAsync("p17");
        await RefuseAsync("process", "new.id = 'p17'");
        try
        {
            var commit = A.Step(row);
            var told = new List<CommitStatus>();
            while (told.Count < Tries && told.LastOrDefault() != CommitStatus.Rejected)
            {
                told.Add((await _store.CommitAsync(commit, Token)).Status);
            }

            told[^1].ShouldBe(CommitStatus.Rejected);
            told.SkipLast(1).ShouldAllBe(static status => status == CommitStatus.Unavailable);
            told.Count.ShouldBe(UnclearItems.Enough + 1);
        }
        finally
        {
            await AllowAsync("process");
        }
    }

    [Fact]
    public async Task ARow_WhereTheServerRefusesAll_IsNotToBlame()
    {
        var row = await StoredAsync("p17");
        var commit = A.Step(row);
        await RefuseAsync("process", "TRUE");
        try
        {
            for (var time = 0; time < Tries; time++)
            {
                (await _store.CommitAsync(commit, Token)).Status.ShouldBe(CommitStatus.Unavailable);
            }
        }
        finally
        {
            await AllowAsync("process");
        }

        (await _store.CommitAsync(commit, Token)).Status.ShouldBe(CommitStatus.Done);
    }

    private Task RefuseAsync(string table, string when) =>
        Sql.RunAsync(
            outage.ConnectionString,
            $"""
            CREATE OR REPLACE FUNCTION refuse_it() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'not this one' USING ERRCODE = '42501'; END $$;
            CREATE TRIGGER refuse_it BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW WHEN ({when})
                EXECUTE FUNCTION refuse_it()
            """);

    private Task AllowAsync(string table) =>
        Sql.RunAsync(outage.ConnectionString, $"DROP TRIGGER refuse_it ON {table}");

    private async Task<ProcessRow> StoredAsync(string id)
    {
        var insert = A.Insert(A.Row(id));
        (await _store.CommitAsync(insert, Token)).Status.ShouldBe(CommitStatus.Done);
        return insert.Row;
    }
}
