using Npgsql;

namespace Orleans.Workflows.Benchmarks.Measures;

/// <summary>Reads what a PostgreSQL server has done, by a connection of its own.</summary>
internal sealed class DatabaseMeter : IAsyncDisposable
{
    /// <summary>
    /// How long an idle connection keeps its statistics to itself (PGSTAT_IDLE_INTERVAL), and a little more.
    /// </summary>
    private static readonly TimeSpan StatisticsLag = TimeSpan.FromSeconds(10.5);

    private const string Sql =
        """
        SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint, d.xact_commit,
            (pg_current_wal_lsn() - '0/0'::pg_lsn)::float8, pg_backend_pid()
        FROM pg_stat_database AS d WHERE d.datname = current_database()
        """;

    private readonly NpgsqlConnection _connection;
    private int? _postmaster;

    private DatabaseMeter(NpgsqlConnection connection) => _connection = connection;

    /// <summary>What the server does by itself, and for a silo without load: per second.</summary>
    public DatabaseCounters Background { get; private set; } = new(0, 0, 0, 0);

    /// <summary>Connects.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The meter.</returns>
    public static async Task<DatabaseMeter> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString)
            {
                Pooling = false,
                ApplicationName = "benchmarks",
            }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var meter = new DatabaseMeter(connection);
        await using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        var backend = (int)(await command.ExecuteScalarAsync(cancellationToken))!;

        // A number alone could be that of another program, when the server is on another machine.
        meter._postmaster = MachineCpu.NameOf(backend) is "postgres" ? MachineCpu.ParentOf(backend) : null;
        return meter;
    }

    /// <summary>Reads the counters.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The counters.</returns>
    public async Task<DatabaseCounters> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, _connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new DatabaseCounters(
            reader.GetInt64(0),
            reader.GetInt64(1),
            reader.GetDouble(2),
            _postmaster is { } id ? MachineCpu.OfTree(id) : null);
    }

    /// <summary>Waits until every connection has told its statistics.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes then.</returns>
    public static Task SettleAsync(CancellationToken cancellationToken) =>
        Task.Delay(StatisticsLag, TimeProvider.System, cancellationToken);

    /// <summary>Measures the silo without load, for the time that statistics lag.</summary>
    /// <param name="window">How long.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Completes when <see cref="Background"/> is known.</returns>
    public async Task MeasureBackgroundAsync(TimeSpan window, CancellationToken cancellationToken)
    {
        var before = await ReadAsync(cancellationToken);
        await Task.Delay(window, TimeProvider.System, cancellationToken);
        var after = await ReadAsync(cancellationToken);
        var difference = after.Since(before, new DatabaseCounters(0, 0, 0, 0), seconds: 0);
        var seconds = window.TotalSeconds;
        Background = new DatabaseCounters(
            difference.Writes / seconds,
            difference.Commits / seconds,
            difference.WalBytes / seconds,
            difference.CpuSeconds / seconds);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
