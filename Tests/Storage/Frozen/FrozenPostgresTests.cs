using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.Postgres;
using Orleans.Workflows.StorageTests.Postgres;

namespace Orleans.Workflows.StorageTests.Frozen;

/// <summary>The frozen PostgreSQL database.</summary>
/// <param name="fixture">The server.</param>
public sealed class FrozenPostgresTests(PostgresFixture fixture) : FrozenStoreTests
{
    private const string SchemaSql =
        """
        SELECT string_agg(part, E'\n' ORDER BY part) FROM (
            SELECT indexdef AS part FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL
            SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
                WHERE connamespace = 'public'::regnamespace
            UNION ALL
            SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' '
                || coalesce(collation_name, '') || ' ' || is_identity
            FROM information_schema.columns WHERE table_schema = 'public'
            UNION ALL
            SELECT relname || ' ' || coalesce(reloptions::text, '') FROM pg_class
                WHERE relnamespace = 'public'::regnamespace AND relkind = 'r') AS parts
        """;

    private static int _copies;
    private string _database = "";

    [Fact]
    public async Task Schema_BroughtUpToDate_IsThatOfANewDatabase()
    {
        var fresh = await fixture.CreateDatabaseAsync(nameof(FrozenPostgresTests));

        (await Sql.ReadAsync(_database, SchemaSql)).ShouldBe(await Sql.ReadAsync(fresh, SchemaSql));
    }

    /// <inheritdoc/>
    protected override async Task<IProcessStore> CopyAsync()
    {
        _database = await (await fixture.GetServerAsync()).CreateDatabaseAsync(
            $"frozen_{Interlocked.Increment(ref _copies)}",
            cancellationToken: Token);
        await Sql.RunAsync(_database, await File.ReadAllTextAsync(FileOf("postgres-0001.sql"), Token));
        await PostgresSchema.ApplyAsync(_database, Token);
        return PostgresSource.Open(_database);
    }
}
