using Npgsql;
using Orleans.Workflows.Cli;
using Orleans.Workflows.Cli.Writing;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>'owf migrate' brings a database up to date without any silo.</summary>
public sealed class MigrateTests(PostgresFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrate_EmptyDatabase_MakesTheTablesAndThenFindsNothingToDo()
    {
        var database = await (await fixture.GetServerAsync()).CreateDatabaseAsync(
            "owf_migrate",
            cancellationToken: Token);

        var first = await RunAsync("migrate", "--connection-string", database);
        var second = await RunAsync("migrate", "--connection-string", database, "--json");

        first.ShouldBe((0, first.Out, ""));
        first.Out.ShouldContain("is up to date now. Executed: 0001-processes.sql");
        second.ShouldBe((0, second.Out, ""));
        second.Out.ShouldContain("\"executed\": []");
        await PostgresSchema.VerifyAsync(database, Token);
    }

    [Fact]
    public async Task Migrate_DatabaseAway_SaysSoWithoutThePassword()
    {
        var server = await fixture.GetServerAsync();
        var database = new NpgsqlConnectionStringBuilder(server.ConnectionString("nowhere"))
        {
            Password = "geheim",
        }.ConnectionString;

        var ran = await RunAsync("migrate", "--connection-string", database);

        ran.ExitCode.ShouldBe(4);
        ran.Error.ShouldContain("nowhere");
        ran.Error.ShouldNotContain("geheim");
    }

    [Fact]
    public async Task Migrate_DatabaseAwayJson_HasTheOneShapeOfErrors()
    {
        var ran = await RunAsync(
            "migrate",
            "--json",
            "--connection-string",
            "Host=127.0.0.1;Port=1;Database=nowhere;Username=owf");

        ran.ExitCode.ShouldBe(4);
        ran.Out.ShouldBeEmpty();
        ran.Error.ShouldStartWith("""{"error":{"code":"NoConnection","exitCode":4,"message":""");
    }

    [Theory]
    [InlineData("migrate", "--data-folder", "/tmp")]
    [InlineData("migrate", "--gateway", "127.0.0.1:30000")]
    [InlineData("migrate", "--connection-string", "nonsense")]
    [InlineData("migrate", "--connection-string", "Host=db;Database=x;Port=150605")]
    [InlineData("migrate", "--connection-string", "Host=db;Database=x;Multiplexing=true")]
    public async Task Migrate_WithoutADatabase_IsWrongUsage(params string[] args)
    {
        var ran = await RunAsync(args);

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain("Host=…;Database=…");
    }

    private static async Task<(int ExitCode, string Out, string Error)> RunAsync(params string[] args)
    {
        using StringWriter output = new(), error = new();
        var terminal = new Terminal(Stream.Null, output, error, Width: null);
        var code = await CommandLine.RunAsync(
            args,
            terminal,
            static (_, _) => throw new InvalidOperationException("It needs no silo."),
            Token);
        return (code, output.ToString(), error.ToString());
    }
}
