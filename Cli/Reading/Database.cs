using Npgsql;

namespace Orleans.Workflows.Cli.Reading;

/// <summary>Reads the connection string of a cluster's database. It may hold a password, so no message shows it.</summary>
internal static class Database
{
    /// <summary>The environment variable that has it when the command line does not: the same that silos and services read.</summary>
    public const string Variable = "ConnectionStrings__Workflows";

    /// <summary>Reads a connection string.</summary>
    /// <param name="text"><c>Host=…;Database=…</c>, and what else Npgsql knows.</param>
    /// <returns>The text.</returns>
    /// <exception cref="FormatException">It is something else.</exception>
    public static string Parse(string text)
    {
        try
        {
            if (new NpgsqlConnectionStringBuilder(text) is { Host.Length: > 0, Database.Length: > 0, Port: <= 65_535 })
            {
                return text;
            }
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
        {
            // Not even its message is shown: it can quote a part of a password that has a semicolon.
        }

        throw new FormatException("That is no connection string of PostgreSQL: write 'Host=…;Database=…;Username=…;Password=…'.");
    }

    /// <summary>Names the database in messages.</summary>
    /// <param name="text">A connection string that was read.</param>
    /// <returns>Server and database, without user and password.</returns>
    public static string NameOf(string text)
    {
        var parts = new NpgsqlConnectionStringBuilder(text);
        return $"{parts.Host}:{parts.Port}/{parts.Database}";
    }
}
