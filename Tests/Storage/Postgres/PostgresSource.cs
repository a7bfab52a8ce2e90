using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.Postgres;
using Orleans.Workflows.StorageTests.Conformance;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>Stores in a class's database, which is emptied for each test.</summary>
/// <param name="database">The database.</param>
public sealed class PostgresSource(PostgresDatabase database) : StoreSource
{
    /// <inheritdoc/>
    public override IProcessStore Create()
    {
        using var connection = new NpgsqlConnection(database.ConnectionString);
        connection.Open();
        using var empty = new NpgsqlCommand(
            "DELETE FROM process; DELETE FROM history; DELETE FROM inbox; DELETE FROM report",
            connection);
        empty.ExecuteNonQuery();
        return Open(database.ConnectionString);
    }

    /// <summary>Makes a store on a database that has the schema.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="logger">Gets the store's lines; null for nobody.</param>
    /// <returns>The store, not initialized.</returns>
    public static PostgresProcessStore Open(string connectionString, ILogger<PostgresProcessStore>? logger = null) =>
        new(
            new PostgresStoreOptions { ConnectionString = connectionString, Schema = StoreSchema.Verify },
            TimeProvider.System,
            logger ?? NullLogger<PostgresProcessStore>.Instance);
}
