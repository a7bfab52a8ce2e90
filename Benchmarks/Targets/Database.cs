using Npgsql;
using Orleans.Workflows.Shared.Postgres;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.Benchmarks.Targets;

/// <summary>The PostgreSQL database of the benchmark: on a server of its own, or one that was given.</summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly PostgresServer? _server;

    private Database(string connectionString, PostgresServer? server)
    {
        ConnectionString = connectionString;
        _server = server;
    }

    /// <summary>How to connect.</summary>
    public string ConnectionString { get; }

    /// <summary>
    /// What a small production server has; durability as PostgreSQL has it by default, which is full.
    /// </summary>
    private static string[] Settings =>
    [
        "fsync=on",
        "synchronous_commit=on",
        "full_page_writes=on",
        "shared_buffers=512MB",
        "max_wal_size=4GB",
        "min_wal_size=1GB",
        "checkpoint_timeout=15min",
        "wal_compression=lz4",
        "random_page_cost=1.1",
        "effective_io_concurrency=100",
        "track_io_timing=off",
    ];

    /// <summary>Starts a server, or takes the one that is given, and makes the schema.</summary>
    /// <param name="connectionString">The database; null to start a server.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The database.</returns>
    public static async Task<Database> OpenAsync(string? connectionString, CancellationToken cancellationToken)
    {
        PostgresServer? server = null;
        try
        {
            if (connectionString is null)
            {
                server = await PostgresServer.StartAsync(
                    new PostgresServerOptions { Settings = Settings },
                    cancellationToken);
                connectionString = await server.CreateDatabaseAsync(
                    "benchmarks",
                    cancellationToken: cancellationToken);
            }

            await PostgresSchema.ApplyAsync(connectionString, cancellationToken);
            return new Database(connectionString, server);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (server is not null)
            {
                await server.DisposeAsync();
            }

            throw new BenchmarkException(e.Message, e);
        }
    }

    /// <summary>Finds one of PostgreSQL's programs.</summary>
    /// <param name="name">The program.</param>
    /// <returns>Its file.</returns>
    public string Program(string name) =>
        _server is null
            ? PostgresBinaries.Find(new PostgresServerOptions().SearchPath).Path(name)
            : _server.BinaryPath(name);

    /// <summary>Reads the settings that matter to the figures.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The settings by name, with the server's version.</returns>
    public async Task<IReadOnlyDictionary<string, string>> ReadSettingsAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            "SELECT name, current_setting(name) FROM pg_settings WHERE name = ANY ($1) ORDER BY name",
            connection);
        command.Parameters.Add(
            new()
            {
                Value = (string[])
                    [
                        "server_version",
                        "fsync",
                        "synchronous_commit",
                        "full_page_writes",
                        "shared_buffers",
                        "max_wal_size",
                        "checkpoint_timeout",
                        "wal_level",
                        "wal_compression",
                        "wal_sync_method",
                        "wal_buffers",
                        "commit_delay",
                        "max_connections",
                        "random_page_cost",
                        "autovacuum",
                        "track_io_timing",
                    ],
            });
        var settings = new Dictionary<string, string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            settings.Add(reader.GetString(0), reader.GetString(1));
        }

        return settings;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
