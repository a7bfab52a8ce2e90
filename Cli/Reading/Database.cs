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
    /// <exception cref="FormatException">It is something else.</exception>
    public static string Parse(string text)
    {
        // As a silo reads it: both have the same one.
        var faults = PostgresConnectionString.FindFaults(text, needsDatabase: true);
        var sentences = string.Join(' ', faults.Select(static fault => $"The connection string {fault}"));
        return faults.Count == 0 ? text
            : throw new FormatException($"{sentences} Write it as 'Host=…;Database=…;Username=…;Password=…'.");
    }
}
