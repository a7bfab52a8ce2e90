using Npgsql;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>The schema is made once, whoever comes, and checked where it may not be made.</summary>
public sealed class PostgresSchemaTests(PostgresFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Apply_BySeveralAtOnce_ExecutesEachScriptOnce()
    {
        var database = await EmptyAsync("apply");

        var executed = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => PostgresSchema.ApplyAsync(database, Token)));

        executed.SelectMany(static e => e).ShouldContain("0001-processes.sql");
        executed.SelectMany(static e => e).ShouldBeUnique();
        await PostgresSchema.VerifyAsync(database, Token);
    }

    [Fact]
    public async Task Verify_EmptyDatabase_NamesTheScriptsAndTheCommand()
    {
        var database = await EmptyAsync("verify");
        await using var store = PostgresSource.Open(database);

        var error = await Should.ThrowAsync<StoreUnavailableException>(() => store.InitializeAsync(Token));

        error.Message.ShouldContain("0001-processes.sql");
        error.Message.ShouldContain("migrate");
        (await Sql.ReadAsync(database, "SELECT to_regclass('process')::text")).ShouldBeNull();
    }

    [Fact]
    public async Task Apply_ScriptThatFails_IsNamedAndChangesNothing()
    {
        var database = await EmptyAsync("failing");
        await Sql.RunAsync(database, "CREATE TABLE inbox (mine integer)");

        var error = await Should.ThrowAsync<StoreUnavailableException>(() =>
            PostgresSchema.ApplyAsync(database, Token));

        error.Message.ShouldContain("0001-processes.sql");
        error.Message.ShouldContain("inbox");
        (await Sql.ReadAsync(database, "SELECT to_regclass('process')::text")).ShouldBeNull();
    }

    [Fact]
    public async Task Store_Closed_SaysSo()
    {
        var database = await EmptyAsync("closed");
        await PostgresSchema.ApplyAsync($"{database};Keepalive=30;Command Timeout=60", Token);
        var store = PostgresSource.Open($"{database};Keepalive=30;Command Timeout=60");
        await store.InitializeAsync(Token);

        await store.DisposeAsync();

        (
            await Should.ThrowAsync<StoreUnavailableException>(() => store.LoadAsync(ProcessId.Parse("p"), Token))
        ).Message.ShouldContain("is closed");
        (await store.CommitAsync(A.Insert(A.Row("p")), Token)).Status.ShouldBe(CommitStatus.Unavailable);
    }

    [Fact]
    public async Task Apply_InADatabaseOfAnotherLocale_IdsStillSortByTheirBytes()
    {
        var database = await EmptyAsync("sorted");
        await PostgresSchema.ApplyAsync(database, Token);

        (
            await Sql.ReadAsync(
                database,
                "SELECT string_agg(DISTINCT collation_name, ',') FROM information_schema.columns WHERE table_name IN "
                + "('process', 'inbox') AND column_name IN ('id', 'root', 'parent', 'owner', 'type', 'process_id', "
                + "'message_id', 'sender')")
        ).ShouldBe("C");
    }

    [Fact]
    public async Task Database_ThatIsNotThere_IsNamedWithoutThePassword()
    {
        var server = await fixture.GetServerAsync();
        var connection = new NpgsqlConnectionStringBuilder(server.ConnectionString("nowhere"))
        {
            Password = "secret-word",
        }.ConnectionString;

        var errors = new[]
        {
            await Should.ThrowAsync<StoreUnavailableException>(() => PostgresSchema.ApplyAsync(connection, Token)),
            await Should.ThrowAsync<StoreUnavailableException>(() => PostgresSchema.VerifyAsync(connection, Token)),
        };

        errors.ShouldAllBe(static e => e.Message.Contains("nowhere", StringComparison.Ordinal));
        errors.ShouldAllBe(static e => !e.Message.Contains("secret-word", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "names no host")]
    [InlineData("Database=workflows", "names no host")]
    [InlineData("nonsense", "cannot be read")]
    [InlineData("Host=a;Password=secret-word;Wrong Key=1", "cannot be read")]
    public void ConnectionString_OfNoUse_IsRefusedWithItsForm(string connectionString, string reason)
    {
        var error = Should.Throw<ArgumentException>(() => PostgresSource.Open(connectionString));

        error.Message.ShouldContain(reason);
        error.Message.ShouldContain("Host=");
        error.Message.ShouldNotContain("secret-word");
    }

    private async Task<string> EmptyAsync(string purpose) =>
        await (await fixture.GetServerAsync()).CreateDatabaseAsync($"schema_{purpose}", cancellationToken: Token);
}
