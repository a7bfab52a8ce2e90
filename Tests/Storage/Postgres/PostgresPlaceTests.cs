using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Workflows.Cli;
using Orleans.Workflows.Cli.Connection;
using Orleans.Workflows.Cli.Writing;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>Tables are made and looked for where current_schema() says, and nowhere else.</summary>
public sealed class PostgresPlaceTests(PostgresFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Mixed Case", "\"Mixed Case\"")]
    [InlineData("it's; odd", "\"it's; odd\", public")]
    public async Task Apply_SearchPath_MakesTheTablesInItsFirstSchema(string schema, string searchPath)
    {
        var database = await EmptyAsync("named");
        await Sql.RunAsync(database, $"CREATE SCHEMA \"{schema}\"");

        await RunsIn(schema, With(database, c => c.SearchPath = searchPath));
    }

    [Fact]
    public async Task Apply_SearchPathInOptions_MakesTheTablesThere()
    {
        var database = await EmptyAsync("options");
        await Sql.RunAsync(database, "CREATE SCHEMA there");

        await RunsIn("there", With(database, c => c.Options = "-c search_path=missing,there"));
    }

    [Fact]
    public async Task Apply_RoleThatOwnsItsSchemaAndMayMakeNone_MakesTheTablesThere()
    {
        var database = await EmptyAsync("owner");
        await Sql.RunAsync(
            database,
            """
            CREATE ROLE landlord LOGIN; CREATE SCHEMA owned AUTHORIZATION landlord;
            REVOKE ALL ON SCHEMA public FROM public
            """);

        await RunsIn("owned", With(database, c => (c.Username, c.SearchPath) = ("landlord", "owned")));
    }

    [Fact]
    public async Task Apply_SchemaNamedLikeTheRole_ComesBeforePublic()
    {
        var database = await EmptyAsync("user");
        await PostgresSchema.ApplyAsync(database, Token);
        await Sql.RunAsync(database, "CREATE ROLE \"Tenant\" LOGIN; CREATE SCHEMA AUTHORIZATION \"Tenant\"");
        var tenant = With(database, static c => c.Username = "Tenant");

        var error = await Should.ThrowAsync<StoreUnavailableException>(() => PostgresSchema.VerifyAsync(tenant, Token));
        error.Message.ShouldContain("\"Tenant\"");
        error.Message.ShouldContain("Further back in its search path there are such tables in \"public\"");

        // To begin another installation before one that is there has to be said.
        (await Should.ThrowAsync<StoreUnavailableException>(() => PostgresSchema.ApplyAsync(tenant, Token))).Message
            .ShouldContain("To go on with those, set Search Path='\"public\"'");
        await RunsIn("Tenant", With(tenant, static c => c.SearchPath = "\"Tenant\""));
    }

    [Fact]
    public async Task Apply_AnotherInstallationBehind_SharesNothingWithIt()
    {
        var database = await EmptyAsync("behind");
        await RunsIn("public", database);
        await Sql.RunAsync(database, "CREATE SCHEMA mine");
        var mine = With(database, static c => c.SearchPath = "mine, public");

        await Should.ThrowAsync<StoreUnavailableException>(() => PostgresSchema.VerifyAsync(mine, Token));
        (
            await Should.ThrowAsync<StoreUnavailableException>(() => PostgresSchema.ApplyAsync(mine, Token))
        ).Message.ShouldContain("to begin another cluster before them, set Search Path='\"mine\"'");
        (await PostgresSchema.ApplyAsync(With(database, static c => c.SearchPath = "mine"), Token)).ShouldContain(
            "0001-processes.sql");

        await RunsIn("mine", mine);
        (await Sql.ReadAsync(database, "SELECT count(*)::text FROM public.process")).ShouldBe("1");
    }

    [Fact]
    public async Task Client_AnotherInstallationBehind_IsRefusedInTheWordsOfMigrate()
    {
        var database = await EmptyAsync("behind_client");
        await PostgresSchema.ApplyAsync(database, Token);
        await Sql.RunAsync(database, "CREATE SCHEMA mine");
        var mine = With(database, static c => c.SearchPath = "mine, public");
        var migrating = PostgresSchema.ApplyAsync(mine, Token);
        var migration = await Should.ThrowAsync<StoreUnavailableException>(() => migrating);
        using StringWriter output = new(), error = new();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddWorkflowClient(client =>
            (client.ConnectionString, client.OperationTimeout) = (mine, TimeSpan.FromSeconds(3)));
        using var host = builder.Build();
        await host.StartAsync(Token);

        var client = host.Services.GetRequiredService<IProcessClient>();
        var call = await Should.ThrowAsync<WorkflowUnavailableException>(() => client.ListTypesAsync(Token));
        var terminal = new Terminal(Stream.Null, output, error, Width: null);
        var exitCode = await CommandLine.RunAsync(
            ["types", "--connection-string", mine], terminal, ClusterConnection.OpenAsync, Token);

        call.Message.ShouldContain(migration.Message.TrimEnd('.'));
        exitCode.ShouldBe(4);
        error.ToString().ShouldContain(migration.Message);
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task Verify_AnotherInstallationOutOfThePath_IsNotSeen()
    {
        var database = await EmptyAsync("aside");
        await PostgresSchema.ApplyAsync(database, Token);
        await Sql.RunAsync(database, "CREATE SCHEMA alone");
        var alone = With(database, static c => c.SearchPath = "alone");

        var error = await Should.ThrowAsync<StoreUnavailableException>(() => PostgresSchema.VerifyAsync(alone, Token));
        error.Message.ShouldContain("0001-processes.sql");
        await RunsIn("alone", alone);
    }

    [Theory]
    [InlineData("nowhere", "names no schema that is there")]
    [InlineData("Unquoted", "names no schema that is there")]
    [InlineData("pg_catalog, public", "the server's own schema pg_catalog")]
    public async Task SearchPath_OfNoUse_IsNamed(string searchPath, string fault)
    {
        var database = await EmptyAsync("no_use");
        await Sql.RunAsync(database, "CREATE SCHEMA \"Unquoted\"");
        var connection = With(database, c => c.SearchPath = searchPath);

        foreach (var attempt in Attempts(connection))
        {
            var error = await Should.ThrowAsync<StoreUnavailableException>(attempt);
            error.Message.ShouldContain(fault);
            error.Message.ShouldContain($"'{searchPath}'");
            error.NeedsConfiguration.ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("LATIN1")]
    [InlineData("SQL_ASCII")]
    public async Task Server_NotUtf8_IsRefusedBeforeAnythingIsMade(string encoding)
    {
        var server = await fixture.GetServerAsync();
        var name = $"encoding_{encoding.ToLowerInvariant()}";
        await Sql.RunAsync(
            server.ConnectionString("postgres"),
            $"CREATE DATABASE {name} ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0");
        var database = server.ConnectionString(name);

        foreach (var attempt in Attempts(database))
        {
            var error = await Should.ThrowAsync<StoreUnavailableException>(attempt);
            error.Message.ShouldContain($"is {encoding}; it must be UTF8");
        }

        using StringWriter output = new(), refusal = new();
        var terminal = new Terminal(Stream.Null, output, refusal, Width: null);
        (await CommandLine.RunAsync(
            ["migrate", "--connection-string", database], terminal, ClusterConnection.OpenAsync, Token)).ShouldBe(2);
        refusal.ToString().ShouldContain($"is {encoding}; it must be UTF8");

        (await Sql.ReadAsync(database, "SELECT to_regclass('owf_schema')::text")).ShouldBeNull();
    }

    // Tables, journal and rows are there and in no other schema, for a store as for Orleans' own providers.
    private static async Task RunsIn(string schema, string connection)
    {
        await PostgresSchema.ApplyAsync(connection, Token);
        await PostgresSchema.VerifyAsync(connection, Token);
        (await PostgresSchema.ApplyAsync(connection, Token)).ShouldBeEmpty();
        await using (var store = PostgresSource.Open(connection))
        {
            await store.InitializeAsync(Token);
            (await store.CommitAsync(A.Insert(A.Row("p")), Token)).Status.ShouldBe(CommitStatus.Done);
            (await store.LoadAsync(A.Row("p").Id, Token)).ShouldNotBeNull();
        }

        await using var record = new PostgresClusterRecord(connection);
        (await record.ClaimAsync("mine", force: false, Token)).ShouldBeNull();
        var quoted = $"\"{schema}\"";
        (await Sql.ReadAsync(
            connection,
            $"""
            SELECT count(*)::text FROM {quoted}.process, {quoted}.cluster, {quoted}.owf_schema
            WHERE scriptname LIKE '%0001%'
            """)).ShouldBe("1");
        var literal = quoted.Replace("'", "''", StringComparison.Ordinal);
        (await Sql.ReadAsync(
            PostgresSessions.OfControlPlane(connection, "127.0.0.1:11111@1"),
            $"SELECT count(*)::text FROM OrleansQuery AS q WHERE q.tableoid = '{literal}.orleansquery'::regclass"))
            .ShouldNotBe("0");
    }

    private static Func<Task>[] Attempts(string connection) =>
        [() => PostgresSchema.ApplyAsync(connection, Token), () => PostgresSchema.VerifyAsync(connection, Token)];

    private static string With(string database, Action<NpgsqlConnectionStringBuilder> change)
    {
        var connection = new NpgsqlConnectionStringBuilder(database);
        change(connection);
        return connection.ConnectionString;
    }

    private async Task<string> EmptyAsync(string purpose)
    {
        var server = await fixture.GetServerAsync();
        return await server.CreateDatabaseAsync($"place_{purpose}_{Guid.NewGuid():N}"[..40], cancellationToken: Token);
    }
}
