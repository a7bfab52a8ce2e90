using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using DbUp;
using DbUp.Engine;
using DbUp.Postgresql;
using Npgsql;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>
/// The tables of a cluster's database: those of processes, and those that Orleans' own AdoNet providers use.
/// </summary>
public static class PostgresSchema
{
    private const string Folder = "Orleans.Workflows.Storage.Postgres.Scripts.";

    // Whoever brings the schema up to date holds this lock; others wait, and then find nothing to do.
    private const long Lock = 0x6f77665f736368;

    // A script that waits for the lock of a whole table keeps everybody else waiting behind it: then it fails, and is
    // tried at the next start.
    private const string Impatient = "SET lock_timeout = 2000";

    /// <summary>
    /// Brings the tables up to date, in the schema that <c>current_schema()</c> names, which has to be there. Several
    /// may try at once: one does it, the others wait for it.
    /// </summary>
    /// <param name="connectionString">The database, as Npgsql reads it, with the right to create tables.</param>
    /// <param name="cancellationToken">Ends the wait for others; a script that runs is not interrupted.</param>
    /// <returns>The names of the scripts that were executed; empty when nothing was to be done.</returns>
    /// <exception cref="ArgumentException">
    /// The connection string cannot be used; <see cref="PostgresConnectionString"/> tells why not.
    /// </exception>
    /// <exception cref="StoreUnavailableException">
    /// The database cannot be reached, is a standby, is not encoded in UTF8 or has no schema for the tables, or a
    /// script failed, which changed nothing then. <see cref="StoreUnavailableException.NeedsConfiguration"/> tells
    /// those that no wait mends.
    /// </exception>
    public static async Task<IReadOnlyList<string>> ApplyAsync(
        string connectionString,
        CancellationToken cancellationToken)
    {
        var connection = Alone(connectionString);
        return await GuardAsync(connection, async () =>
        {
            await using var patient = PostgresSessions.Open(connection, settings: null);
            await using var holder = await patient.OpenConnectionAsync(cancellationToken);
            await PoolerMode.CheckAsync(patient, holder, NameOf(connection), cancellationToken);
            var facts = await ServerFacts.ReadAsync(holder, cancellationToken);
            facts.Check(connection);
            if (!facts.HasJournal && facts.Behind is [var behind, ..])
            {
                // With another search path, or a schema made since, the tables of this cluster may well be those
                // behind.
                throw ServerFacts.Unfit(
                    $"The schema \"{facts.Schema}\" of {NameOf(connection)} has no tables of a cluster, and further "
                    + $"back in the search path \"{behind}\" has some. To go on with those, set "
                    + $"Search Path='\"{behind}\"' in the connection string; to begin another cluster before them, "
                    + $"set Search Path='\"{facts.Schema}\"'.");
            }

            await using var take = new NpgsqlCommand("SELECT pg_advisory_lock($1)", holder) { CommandTimeout = 0 };
            take.Parameters.Add(new() { Value = Lock });
            await take.ExecuteNonQueryAsync(cancellationToken);
            await using var source = PostgresSessions.Open(connection, Impatient);
            var result = Engine(source).PerformUpgrade();
            return result.Successful
                ? (IReadOnlyList<string>)[.. result.Scripts.Select(static s => s.Name[Folder.Length..])]
                : throw new StoreUnavailableException(
                    $"The schema of {NameOf(connection)} could not be brought up to date: " +
                    $"script {result.ErrorScript?.Name ?? "(none)"}: {PostgresErrors.TextOf(result.Error)} " +
                    "It changed nothing.",
                    result.Error);
        });
    }

    /// <summary>Finds out whether the schema is up to date.</summary>
    /// <param name="connectionString">The database, as Npgsql reads it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when it is.</returns>
    /// <exception cref="ArgumentException">
    /// The connection string cannot be used; <see cref="PostgresConnectionString"/> tells why not.
    /// </exception>
    /// <exception cref="StoreUnavailableException">
    /// As for <see cref="ApplyAsync"/>, or scripts are lacking; the message says which, and what to do.
    /// </exception>
    public static async Task VerifyAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = Alone(connectionString);
        await GuardAsync(connection, async () =>
        {
            await using var source = PostgresSessions.Open(connection, Impatient);
            await using var session = await source.OpenConnectionAsync(cancellationToken);
            await PoolerMode.CheckAsync(source, session, NameOf(connection), cancellationToken);
            var facts = await ServerFacts.ReadAsync(session, cancellationToken);
            facts.Check(connection);
            var engine = Engine(source);
            var missing = facts.HasJournal ? engine.GetScriptsToExecute() : engine.GetDiscoveredScripts();
            var names = string.Join(", ", missing.Select(static s => s.Name[Folder.Length..]));
            return missing.Count == 0 ? true : throw new StoreUnavailableException(
                $"The schema \"{facts.Schema}\" of {NameOf(connection)} lacks {names}: run the silo's command " +
                $"'migrate' on it, or start a silo with Workflows:Schema=Apply.{Elsewhere(facts)}");
        });
    }

    // With another search path, a schema that was made since, or another role, the tables are somewhere else than
    // they were.
    private static string Elsewhere(ServerFacts facts)
    {
        var schemas = string.Join(", ", facts.Behind.Select(static schema => $"\"{schema}\""));
        return schemas.Length == 0 ? "" : $" Further back in its search path there are such tables in {schemas}: " +
            "if those are meant, set 'Search Path' in the connection string.";
    }

    private static async Task<T> GuardAsync<T>(NpgsqlConnectionStringBuilder connection, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (IsOfConnecting(e))
        {
            throw new StoreUnavailableException(
                $"{NameOf(connection)} cannot be used: {PostgresErrors.TextOf(e)} Check the connection string, the " +
                $"server and the user's rights.{Hint(e)}",
                e);
        }
    }

    // A certificate, a name or a value of the connection string can be found wrong by anything between here and the
    // server.
    private static bool IsOfConnecting(Exception exception) =>
        exception is NpgsqlException or TimeoutException or IOException or SocketException
            or UnauthorizedAccessException or CryptographicException or AuthenticationException
        || PostgresConnectionString.IsOfReading(exception);

    // What PgBouncer says. It must not be told to ignore a search path: tables would be made elsewhere.
    private static string Hint(Exception exception) =>
        !exception.Message.Contains("unsupported startup parameter", StringComparison.Ordinal) ? ""
        : exception.Message.Contains("options", StringComparison.Ordinal)
            ? " A pooler refuses how sessions begin; for PgBouncer set ignore_startup_parameters = options."
        : " A pooler refuses what the connection string asks for. Leave it out there, and set it for the role, " +
            "for example by ALTER ROLE … SET search_path = ….";

    // By the connections rather than by the connection string, in which DbUp would look for a schema to make.
    private static UpgradeEngine Engine(NpgsqlDataSource source) =>
        DeployChanges
            .To.PostgresqlDatabase(new PostgresqlConnectionManager(source))
            .WithScriptsEmbeddedInAssembly(typeof(PostgresSchema).Assembly, static s =>
                s.StartsWith(Folder, StringComparison.Ordinal))
            .JournalTo(static (connections, log) => new SchemaJournal(connections, log))
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogToNowhere()
            .Build();

    // Not from a pool, which would keep connections for work that is done once.
    private static NpgsqlConnectionStringBuilder Alone(string connectionString)
    {
        var given = new PostgresStoreOptions { ConnectionString = connectionString }.Check();
        var alone = PostgresSessions.Of(given, PostgresSessions.Schema, silo: null);
        (alone.Pooling, alone.ApplicationName) = (false, $"orleans-workflows {PostgresSessions.Schema}");
        return alone;
    }

    private static string NameOf(NpgsqlConnectionStringBuilder connection) => PostgresConnections.NameOf(connection);
}
