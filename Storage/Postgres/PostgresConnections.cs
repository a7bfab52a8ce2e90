using Npgsql;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>Opens connections: one per writer, and a pool for reads.</summary>
internal sealed class PostgresConnections : IAsyncDisposable
{
    private const int Prepared = 64;

    // Loads share their round trips, so more would only wait for the same disk.
    private const int MostReaders = 16;

    // Plans must not depend on statistics, which lag behind when a table grows fast: every statement of ours has its
    // index. Planning again for each batch, or compiling its plan, would cost more than the batch. The statements of a
    // batch rely on each seeing what others have committed meanwhile. An error that quotes the parameters of its
    // statement would quote those of all processes of the batch.
    private const string Session =
        """
        SELECT set_config('enable_seqscan', 'off', false), set_config('jit', 'off', false),
            set_config('log_parameter_max_length_on_error', '0', false),
            set_config('default_transaction_isolation', 'read committed', false)
        """;

    // A writer does not wait for a lock of another session in the way of all that it could write meanwhile (decision
    // 16). A session that froze between two statements is ended by the server itself, should no other silo do it. A
    // time-out of the role for statements that is shorter than that for locks would hide that it is a lock.
    private const string Writer =
        $"""
        {Session}, set_config('lock_timeout', '250', false), set_config('statement_timeout', '0', false),
            set_config('idle_in_transaction_session_timeout', '10000', false)
        """;

    private const int LongestBatchSeconds = 30;

    private readonly NpgsqlDataSource _writers;
    private readonly NpgsqlDataSource _readers;

    /// <summary>Reads what the connections have in common; opens none.</summary>
    /// <param name="connection">Where the database is.</param>
    /// <param name="silo">The silo whose connections they are, as rows name their owner; null outside a silo.</param>
    public PostgresConnections(NpgsqlConnectionStringBuilder connection, string? silo)
    {
        Name = NameOf(connection);
        _readers = PostgresSessions.Open(With(connection, PostgresSessions.Readers, silo), Session);
        var writers = With(connection, PostgresSessions.Writers, silo);
        writers.Pooling = false;
        _writers = PostgresSessions.Open(writers, Writer);
    }

    /// <summary>The database, as messages name it: without user and password.</summary>
    public string Name { get; }

    /// <summary>The pool of those that read.</summary>
    public NpgsqlDataSource Readers => _readers;

    /// <summary>Names a database in messages.</summary>
    /// <returns>The name, without user and password.</returns>
    public static string NameOf(NpgsqlConnectionStringBuilder connection) =>
        $"the PostgreSQL database {connection.Database ?? connection.Username} on {connection.Host}:{connection.Port}";

    /// <summary>Opens a writer's connection.</summary>
    public ValueTask<NpgsqlConnection> OpenWriterAsync(CancellationToken cancellationToken) =>
        _writers.OpenConnectionAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _writers.DisposeAsync();
        await _readers.DisposeAsync();
    }

    private static NpgsqlConnectionStringBuilder With(NpgsqlConnectionStringBuilder given, string role, string? silo)
    {
        var connection = PostgresSessions.Of(given, role, silo);
        connection.MaxPoolSize = Math.Min(given.MaxPoolSize, MostReaders);
        connection.MinPoolSize = Math.Min(given.MinPoolSize, MostReaders);
        connection.MaxAutoPrepare = Prepared;
        connection.AutoPrepareMinUsages = 2;

        // A server that vanishes without a word must not hold a batch for as long as TCP does, nor be found out only by
        // the next one.
        connection.CommandTimeout = given.CommandTimeout > 0 ? given.CommandTimeout : LongestBatchSeconds;
        connection.KeepAlive = given.KeepAlive > 0 ? given.KeepAlive : 15;
        return connection;
    }
}
