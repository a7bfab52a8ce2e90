using Npgsql;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.Cli.Reading;

/// <summary>
/// Reads the connection string of a cluster's database. It may hold a password, so no message shows it.
/// </summary>
internal static class Database
{
    /// <summary>
    /// The environment variable that has it when the command line does not: the same that silos and services read.
    /// </summary>
    public const string Variable = "ConnectionStrings__Workflows";

    /// <summary>Reads a connection string.</summary>
    /// <param name="text"><c>Host=…;Database=…</c>, and what else Npgsql knows.</param>
    /// <returns>The text.</returns>
    /// <exception cref="FormatException">It is something else.</exception>
    public static string Parse(string text)
    {
        // As a silo reads it: both have the same one.
        var faults = PostgresConnectionString.FindFaults(text);
        if (faults.Count == 0 && string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(text).Database))
        {
            faults = ["names no Database."];
        }

        var sentences = string.Join(' ', faults.Select(static fault => $"The connection string {fault}"));
        return faults.Count == 0 ? text
            : throw new FormatException($"{sentences} Write it as 'Host=…;Database=…;Username=…;Password=…'.");
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
