using Npgsql;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>Reads connection strings, and finds what is wrong with them before anything connects.</summary>
public static class PostgresConnectionString
{
    /// <summary>Finds what is wrong with a connection string.</summary>
    /// <param name="connectionString">The connection string, as Npgsql reads it.</param>
    /// <param name="needsDatabase">Whether it has to name its database. Default: false.</param>
    /// <returns>
    /// Each fault with its remedy, as a sentence without its subject: 'names no Host.' Empty when it can be used. It
    /// is never quoted, for it may hold a password.
    /// </returns>
    public static IReadOnlyList<string> FindFaults(string connectionString, bool needsDatabase = false)
    {
        var general = ConnectionText.FindFaults(connectionString, needsDatabase: false);
        if (general is [var unusable] && !unusable.StartsWith("names the port", StringComparison.Ordinal))
        {
            return general;
        }

        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        var faults = new List<string>();
        if (parts.Multiplexing)
        {
            faults.Add(
                "sets Multiplexing, with which statements of several transactions share a session. Leave it out: " +
                "writes share their round trips anyway.");
        }

        if (parts.TargetSessionAttributes is "standby" or "prefer-standby" or "read-only")
        {
            faults.Add(
                $"sets Target Session Attributes to {parts.TargetSessionAttributes}; a silo writes. Leave it out: " +
                "of several hosts the primary is taken.");
        }

        if (!IsUtf8(parts.Encoding) || !IsUtf8(parts.ClientEncoding))
        {
            faults.Add("sets an Encoding or a Client Encoding that is not UTF8. Leave it out.");
        }

        faults.AddRange(general);
        if (faults.Count == 0)
        {
            faults.AddRange(FindContradictions(parts));
        }

        return faults.Count == 0 ? ConnectionText.FindFaults(connectionString, needsDatabase) : faults;
    }

    /// <summary>Names the database in messages.</summary>
    /// <param name="connectionString">A connection string without faults.</param>
    /// <returns>Server and database, without user and password.</returns>
    public static string NameOf(string connectionString) => ConnectionText.NameOf(connectionString);

    /// <summary>Whether an exception says that a connection string, or a part of it, cannot be read.</summary>
    internal static bool IsOfReading(Exception exception) => ConnectionText.IsOfReading(exception);

    // Values that do not go together are found by Npgsql alone, and only when something is made of them.
    private static IReadOnlyList<string> FindContradictions(NpgsqlConnectionStringBuilder parts)
    {
        try
        {
            using var source = PostgresSessions.Open(parts, settings: null);
            return [];
        }
        catch (Exception e) when (IsOfReading(e))
        {
            return [$"has values that do not go together: {Sentence.Ended(e.Message)}"];
        }
    }

    private static bool IsUtf8(string? encoding) => encoding is null
        || encoding.Replace("-", "", StringComparison.Ordinal).Equals("utf8", StringComparison.OrdinalIgnoreCase);
}
