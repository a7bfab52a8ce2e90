using Npgsql;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>Opens connections: one per writer, and a pool for reads.</summary>
internal sealed class PostgresConnections : IAsyncDisposable
{
    private const int Prepared = 64;

    // Loads share their round trips, so more would only wait for the same disk.
    private const int MostReaders = 16;

    // Plans must not depend on statistics, which lag behind when a table grows fast: every statement of ours has its index. Planning again
    // for each batch, or compiling its plan, would cost more than the batch.
    // The statements of a batch rely on each seeing what others have committed meanwhile.
    private const string Session = "-c enable_seqscan=off -c jit=off -c default_transaction_isolation=read\\ committed";
    private const int LongestBatchSeconds = 30;

    private readonly NpgsqlDataSource _writers;
    private readonly NpgsqlDataSource _readers;

    /// <summary>Reads what the connections have in common; opens none.</summary>
    /// <param name="connection">Where the database is.</param>
    public PostgresConnections(NpgsqlConnectionStringBuilder connection)
    {
        Name = NameOf(connection);
        _readers = NpgsqlDataSource.Create(With(connection, "readers"));
        var writers = With(connection, "writers");
        writers.Pooling = false;
        _writers = NpgsqlDataSource.Create(writers);
    }

    /// <summary>The database, as messages name it: without user and password.</summary>
    public string Name { get; }

    /// <summary>The pool of those that read.</summary>
    public NpgsqlDataSource Readers => _readers;

    /// <summary>Names a database in messages.</summary>
    /// <param name="connection">Where it is.</param>
    /// <returns>The name, without user and password.</returns>
    public static string NameOf(NpgsqlConnectionStringBuilder connection) =>
        $"the PostgreSQL database {connection.Database ?? connection.Username} on {connection.Host}:{connection.Port}";

    /// <summary>Opens a writer's connection.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The connection.</returns>
    public ValueTask<NpgsqlConnection> OpenWriterAsync(CancellationToken cancellationToken) => _writers.OpenConnectionAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _writers.DisposeAsync();
        await _readers.DisposeAsync();
    }

    private static NpgsqlConnectionStringBuilder With(NpgsqlConnectionStringBuilder given, string role)
    {
        var connection = new NpgsqlConnectionStringBuilder(given.ConnectionString)
        {
            MaxPoolSize = Math.Min(given.MaxPoolSize, MostReaders),
            MinPoolSize = Math.Min(given.MinPoolSize, MostReaders),
            MaxAutoPrepare = Prepared,
            AutoPrepareMinUsages = 2,
            Options = $"{given.Options} {Session}".TrimStart(),
        };
        connection.ApplicationName ??= $"orleans-workflows {role}";

        // A server that vanishes without a word must not hold a batch for as long as TCP does, nor be found out only by the next one.
        connection.CommandTimeout = given.CommandTimeout > 0 ? given.CommandTimeout : LongestBatchSeconds;
        connection.KeepAlive = given.KeepAlive > 0 ? given.KeepAlive : 15;
        return connection;
    }
}
