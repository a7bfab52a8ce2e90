using DbUp;
using DbUp.Engine;
using Npgsql;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>The tables of a cluster's database: those of processes, and those that Orleans' own AdoNet providers use.</summary>
public static class PostgresSchema
{
    private const string Journal = "owf_schema";
    private const string Folder = "Orleans.Workflows.Storage.Postgres.Scripts.";

    // Whoever brings the schema up to date holds this lock; others wait, and then find nothing to do.
    private const long Lock = 0x6f77665f736368;

    /// <summary>Brings the schema up to date. Several may try at once: one does it, the others wait for it.</summary>
    /// <param name="connectionString">The database, as Npgsql reads it, with the right to create tables.</param>
    /// <param name="cancellationToken">Ends the wait for others; a script that runs is not interrupted.</param>
    /// <returns>The names of the scripts that were executed; empty when nothing was to be done.</returns>
    /// <exception cref="ArgumentException">The connection string cannot be read.</exception>
    /// <exception cref="StoreUnavailableException">The database cannot be reached, or a script failed; that script changed nothing.</exception>
    public static async Task<IReadOnlyList<string>> ApplyAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new PostgresStoreOptions { ConnectionString = connectionString }.Check();
        return await GuardAsync(connection, async () =>
        {
            await using var source = NpgsqlDataSource.Create(Alone(connection));
            await using var holder = await source.OpenConnectionAsync(cancellationToken);
            await using var take = new NpgsqlCommand("SELECT pg_advisory_lock($1)", holder) { Parameters = { new() { Value = Lock } }, CommandTimeout = 0 };
            await take.ExecuteNonQueryAsync(cancellationToken);
            var result = Engine(connection).PerformUpgrade();
            return result.Successful
                ? (IReadOnlyList<string>)[.. result.Scripts.Select(static s => s.Name[Folder.Length..])]
                : throw new StoreUnavailableException(
                    $"The schema of {NameOf(connection)} could not be brought up to date: script {result.ErrorScript?.Name ?? "(none)"}: {result.Error?.Message} The script changed nothing.",
                    result.Error);
        });
    }

    /// <summary>Finds out whether the schema is up to date.</summary>
    /// <param name="connectionString">The database, as Npgsql reads it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when it is.</returns>
    /// <exception cref="ArgumentException">The connection string cannot be read.</exception>
    /// <exception cref="StoreUnavailableException">The database cannot be reached, or lacks scripts; the message says which, and what to do.</exception>
    public static async Task VerifyAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new PostgresStoreOptions { ConnectionString = connectionString }.Check();
        await GuardAsync(connection, async () =>
        {
            await using var source = NpgsqlDataSource.Create(Alone(connection));
            await using var journal = source.CreateCommand("SELECT to_regclass($1) IS NOT NULL");
            journal.Parameters.Add(new() { Value = Journal });
            var engine = Engine(connection);
            var missing = await journal.ExecuteScalarAsync(cancellationToken) is true ? engine.GetScriptsToExecute() : engine.GetDiscoveredScripts();
            return missing.Count == 0 ? true : throw new StoreUnavailableException(
                $"The schema of {NameOf(connection)} lacks {string.Join(", ", missing.Select(static s => s.Name[Folder.Length..]))}: run the silo's command 'migrate' on it, or start a silo with Workflows:Schema=Apply.");
        });
    }

    private static async Task<T> GuardAsync<T>(NpgsqlConnectionStringBuilder connection, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException)
        {
            throw new StoreUnavailableException($"{NameOf(connection)} cannot be used: {e.Message} Check the connection string, the server and the user's rights.", e);
        }
    }

    private static UpgradeEngine Engine(NpgsqlConnectionStringBuilder connection) => DeployChanges.To
        .PostgresqlDatabase(Impatient(connection))
        .WithScriptsEmbeddedInAssembly(typeof(PostgresSchema).Assembly, static s => s.StartsWith(Folder, StringComparison.Ordinal))
        .JournalToPostgresqlTable(null, Journal)
        .WithTransactionPerScript()
        .WithVariablesDisabled()
        .LogToNowhere()
        .Build();

    // Not from a pool, which would keep connections for work that is done once.
    private static string Alone(NpgsqlConnectionStringBuilder connection)
    {
        var alone = PostgresSessions.Of(connection, PostgresSessions.Schema, silo: null);
        (alone.Pooling, alone.ApplicationName) = (false, $"orleans-workflows {PostgresSessions.Schema}");
        return alone.ConnectionString;
    }

    // A script that waits for the lock of a whole table keeps everybody else waiting behind it: then it fails, and is tried at the next start.
    private static string Impatient(NpgsqlConnectionStringBuilder connection)
    {
        var impatient = new NpgsqlConnectionStringBuilder(Alone(connection));
        impatient.Options += " -c lock_timeout=2000";
        return impatient.ConnectionString;
    }

    private static string NameOf(NpgsqlConnectionStringBuilder connection) => PostgresConnections.NameOf(connection);
}
