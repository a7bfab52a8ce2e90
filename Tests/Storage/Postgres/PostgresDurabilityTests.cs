using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Shared.Postgres;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>A server that may lose what it has acknowledged is a warning at the start, by option a refusal.</summary>
public sealed class PostgresDurabilityTests(PostgresFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_ServerThatSyncsNothing_WarnsOnceAndNamesEachSetting()
    {
        string[] off = ["fsync=off", "full_page_writes=off", "synchronous_commit=off"];
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions { Settings = off }, Token);
        var database = await server.CreateDatabaseAsync("quick", cancellationToken: Token);
        await PostgresSchema.ApplyAsync(database, Token);
        var log = new KeptLog<PostgresProcessStore>();
        await using var store = PostgresSource.Open(database, log);

        await store.InitializeAsync(Token);

        var line = log.Lines.ShouldHaveSingleItem();
        line.ShouldStartWith("Warning the PostgreSQL database quick");
        line.ShouldContain("because of fsync = off, full_page_writes = off, synchronous_commit = off:");
    }

    [Fact]
    public async Task Start_RoleThatCommitsWithoutWaiting_IsRefusedByOption()
    {
        var database = await fixture.CreateDatabaseAsync(nameof(PostgresDurabilityTests));
        await Sql.RunAsync(
            database, "CREATE ROLE hasty SUPERUSER LOGIN; ALTER ROLE hasty SET synchronous_commit = off");
        var hasty = new NpgsqlConnectionStringBuilder(database) { Username = "hasty" }.ConnectionString;
        await using var store = Required(hasty);

        var error = await Should.ThrowAsync<StoreUnavailableException>(() => store.InitializeAsync(Token));

        error.Message.ShouldContain("synchronous_commit = off");
        error.Message.ShouldContain("RequireDurableServer");
    }

    [Fact]
    public async Task Start_DurableServer_IsSilentAndNotRefused()
    {
        var database = await fixture.CreateDatabaseAsync(nameof(PostgresDurabilityTests));
        var log = new KeptLog<PostgresProcessStore>();
        await using var store = PostgresSource.Open(database, log);
        await using var required = Required(database);

        await store.InitializeAsync(Token);
        await required.InitializeAsync(Token);

        log.Lines.ShouldBeEmpty();
    }

    private static PostgresProcessStore Required(string database) => new(
        new PostgresStoreOptions
        {
            ConnectionString = database,
            Schema = StoreSchema.Verify,
            RequireDurableServer = true,
        },
        TimeProvider.System,
        NullLogger<PostgresProcessStore>.Instance);
}
