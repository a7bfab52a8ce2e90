using System.Diagnostics;
using System.Net;
using Npgsql;

namespace Orleans.Workflows.Shared.Postgres;

/// <summary>
/// A PostgreSQL server of its own: fresh, on loopback, in a temporary directory, and gone with the process that started
/// it.
/// </summary>
/// <remarks>It can be stopped and started again by one caller at a time; databases can be made by many.</remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Superuser = "postgres";
    private const string Maintenance = "postgres";
    private const int PortAttempts = 20;

    private static readonly TimeSpan SamePortLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly PostgresBinaries _binaries;
    private readonly PostgresServerOptions _options;
    private readonly PostgresCluster _cluster;

    private PostgresServer(PostgresBinaries binaries, PostgresServerOptions options, PostgresCluster cluster)
    {
        _binaries = binaries;
        _options = options;
        _cluster = cluster;
    }

    /// <summary>The port on 127.0.0.1, also while the server is stopped.</summary>
    public int Port { get; private set; }

    /// <summary>Has the server's files, its log and its socket; it vanishes with the server.</summary>
    public string Folder => _cluster.Folder;

    /// <summary>The number of the server's process, the parent of one process for each connection.</summary>
    /// <exception cref="InvalidOperationException">The server is stopped.</exception>
    public int ProcessId => _cluster.ProcessId;

    /// <summary>Makes a server and starts it.</summary>
    /// <param name="options">What is wanted otherwise; null for nothing.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>The server, which takes connections.</returns>
    /// <exception cref="FileNotFoundException">PostgreSQL is not installed.</exception>
    /// <exception cref="InvalidOperationException">It did not start; the message has the end of its log.</exception>
    public static async Task<PostgresServer> StartAsync(
        PostgresServerOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new PostgresServerOptions();
        var binaries = PostgresBinaries.Find(options.SearchPath);
        var server = new PostgresServer(
            binaries,
            options,
            await PostgresCluster.CreateAsync(binaries, Superuser, cancellationToken));
        try
        {
            await server.StartOnFreePortAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Tells how to connect as the superuser.</summary>
    /// <param name="database">The database.</param>
    /// <returns>The connection string, the same after a stop and a start.</returns>
    public string ConnectionString(string database) => Settings(database).ConnectionString;

    /// <summary>Finds a program that belongs to this server.</summary>
    /// <param name="name">Its name: 'pgbench'.</param>
    /// <returns>Its file.</returns>
    public string BinaryPath(string name) => _binaries.Path(name);

    /// <summary>Stops the server; the data stay.</summary>
    /// <param name="stop">How.</param>
    /// <returns>Completes when it has ended.</returns>
    public Task StopAsync(PostgresStop stop) => _cluster.StopAsync(stop);

    /// <summary>
    /// Freezes the server and all its sessions (SIGSTOP): connections stay open, new ones are accepted by the system,
    /// and no answer comes.
    /// </summary>
    public void Freeze() => _cluster.Signal("STOP");

    /// <summary>Lets the frozen server go on as if no time had passed (SIGCONT).</summary>
    public void Thaw() => _cluster.Signal("CONT");

    /// <summary>Starts the stopped server on the same port and the same data.</summary>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>Completes when it takes connections.</returns>
    /// <exception cref="InvalidOperationException">It did not start, or it is running.</exception>
    public async Task StartAgainAsync(CancellationToken cancellationToken = default)
    {
        if (_cluster.IsRunning)
        {
            throw new InvalidOperationException("The server is running.");
        }

        var watch = Stopwatch.StartNew();
        while (!await _cluster.TryStartAsync(Port, _options.Settings, cancellationToken))
        {
            if (watch.Elapsed > SamePortLimit)
            {
                throw new InvalidOperationException($"Expected within {SamePortLimit}: port {Port} is free again.");
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Copies all data of the running server, as of the moment at which the copying ends.</summary>
    /// <param name="name">The copy's name.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    /// <returns>Completes when the copy is whole.</returns>
    public Task CopyAsync(string name, CancellationToken cancellationToken = default) =>
        _cluster.CopyAsync(name, Port, Superuser, cancellationToken);

    /// <summary>
    /// Lets the server fall back to a copy, as a restore does, or a failover to a standby that had not got everything.
    /// It drops every connection.
    /// </summary>
    /// <param name="copy">The copy's name; it is used up.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>Completes when the server takes connections, with what the copy has.</returns>
    public async Task FallBackAsync(string copy, CancellationToken cancellationToken = default)
    {
        await StopAsync(PostgresStop.Immediate);
        _cluster.PutInPlace(copy);
        await StartAgainAsync(cancellationToken);
    }

    /// <summary>Makes a database.</summary>
    /// <param name="name">Its name, at most 63 bytes.</param>
    /// <param name="template">The database to copy, to which nobody may be connected; null for an empty one.</param>
    /// <param name="cancellationToken">Ends the making.</param>
    /// <returns>How to connect to it.</returns>
    public async Task<string> CreateDatabaseAsync(
        string name,
        string? template = null,
        CancellationToken cancellationToken = default)
    {
        await ExecuteAsync(
            $"CREATE DATABASE {Quoted(name)} TEMPLATE {Quoted(template ?? "template1")}",
            cancellationToken);
        return ConnectionString(name);
    }

    /// <summary>Drops a database if there is one, and whatever is connected to it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends the dropping.</param>
    /// <returns>Completes when it is gone.</returns>
    public Task DropDatabaseAsync(string name, CancellationToken cancellationToken = default) =>
        ExecuteAsync($"DROP DATABASE IF EXISTS {Quoted(name)} WITH (FORCE)", cancellationToken);

    /// <summary>Ends every connection to a database.</summary>
    /// <param name="database">The database.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many there were.</returns>
    public async Task<int> TerminateBackendsAsync(string database, CancellationToken cancellationToken = default)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            "SELECT count(*) FROM (SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid "
            + "<> pg_backend_pid()) AS ended",
            connection)
        {
            Parameters = { new() { Value = database } },
        };
        return (int)(long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Forbids new connections to a database and ends those that are, so that it can be copied.</summary>
    internal async Task CloseDatabaseAsync(string name, CancellationToken cancellationToken)
    {
        await ExecuteAsync($"ALTER DATABASE {Quoted(name)} WITH ALLOW_CONNECTIONS false", cancellationToken);
        await TerminateBackendsAsync(name, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private async Task StartOnFreePortAsync(CancellationToken cancellationToken)
    {
        // Only the server's own attempt tells whether a port is free: a look beforehand is out of date when it starts.
        for (var attempt = 0; attempt < PortAttempts; attempt++)
        {
            Port = _options.NextPort();
            if (await _cluster.TryStartAsync(Port, _options.Settings, cancellationToken))
            {
                return;
            }
        }

        throw new InvalidOperationException(
            $"PostgreSQL found no free port in {PortAttempts} attempts; the last one was {Port}.");
    }

    private NpgsqlConnectionStringBuilder Settings(string database) => new()
    {
        Host = IPAddress.Loopback.ToString(),
        Port = Port,
        Username = Superuser,
        Database = database,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    };

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        // Without a pool, so that none of the server's connections is ours but while we use it.
        var settings = Settings(Maintenance);
        settings.Pooling = false;
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
