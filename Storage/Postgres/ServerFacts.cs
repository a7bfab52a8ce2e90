using Npgsql;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>What has to be known of a database before anything is made or looked for in it.</summary>
/// <param name="Schema">Where unqualified names are made and found first; null when there is no such schema.</param>
/// <param name="SearchPath">What that was taken from.</param>
/// <param name="Encoding">How the server stores text.</param>
/// <param name="IsStandby">Whether it cannot be written.</param>
/// <param name="HasJournal">Whether the schema has a journal of scripts.</param>
/// <param name="Behind">The schemas further back in the search path that have one.</param>
internal sealed record ServerFacts(
    string? Schema, string SearchPath, string Encoding, bool IsStandby, bool HasJournal, IReadOnlyList<string> Behind)
{
    private const string Sql =
        $"""
        SELECT current_schema(), current_setting('search_path'), current_setting('server_encoding'),
            pg_is_in_recovery(), {SchemaJournal.Exists},
            ARRAY(SELECT n.nspname::text FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
                WHERE c.relname = '{SchemaJournal.Table}' AND n.nspname = ANY (current_schemas(false))
                    AND n.nspname <> current_schema())
        """;

    /// <summary>Asks the server.</summary>
    public static async Task<ServerFacts> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new ServerFacts(
            await reader.IsDBNullAsync(0, cancellationToken) ? null : reader.GetString(0),
            reader.GetString(1),
            reader.GetString(2),
            reader.GetBoolean(3),
            reader.GetBoolean(4),
            reader.GetFieldValue<string[]>(5));
    }

    /// <summary>Throws unless the database can be used as it is.</summary>
    /// <exception cref="StoreUnavailableException">It cannot; the message says what to change.</exception>
    public void Check(NpgsqlConnectionStringBuilder given)
    {
        var name = PostgresConnections.NameOf(given);
        if (IsStandby)
        {
            throw new StoreUnavailableException(
                $"The server of {name} is a standby, which nobody can write. " +
                "Name the primary as Host, or all servers: then the primary is taken.");
        }

        if (Encoding != "UTF8")
        {
            throw Unfit(
                $"The encoding of {name} is {Encoding}; it must be UTF8, or texts would be refused or changed. " +
                "Make a database with ENCODING 'UTF8' TEMPLATE template0.");
        }

        // A pooler may have been told to ignore what it is asked for when a session begins. Then tables would be made
        // in the wrong place.
        if (given.SearchPath is { Length: > 0 } wanted && wanted != SearchPath)
        {
            throw Unfit(
                $"The search path of {name} is '{SearchPath}' although the connection string asks for '{wanted}': " +
                "a pooler in between drops it. Set it for the role instead: ALTER ROLE … SET search_path = ….");
        }

        if (Schema is null)
        {
            throw Unfit(
                $"The search path of {name}, '{SearchPath}', names no schema that is there and that the user may " +
                "use. Make the schema, grant USAGE on it, or set 'Search Path' in the connection string; a name with " +
                "capitals or signs has double quotes there: Search Path='\"My Schema\"'.");
        }

        if (Schema.StartsWith("pg_", StringComparison.Ordinal))
        {
            throw Unfit(
                $"The search path of {name}, '{SearchPath}', begins with the server's own schema {Schema}. " +
                "Put one for the tables before it.");
        }
    }
    /// <summary>A database that can never be used as it is.</summary>
    /// <param name="fault">Why, and what to change.</param>
    public static StoreUnavailableException Unfit(string fault) => new(fault) { NeedsConfiguration = true };
}
