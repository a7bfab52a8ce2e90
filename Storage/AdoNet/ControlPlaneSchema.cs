using Microsoft.Data.Sqlite;
using Orleans.Workflows.Storage.Sqlite;

namespace Orleans.Workflows.Storage.AdoNet;

/// <summary>Makes the tables that Orleans' own AdoNet providers use: grain storage and reminders.</summary>
public static class ControlPlaneSchema
{
    /// <summary>The name by which Orleans' AdoNet packages know Microsoft.Data.Sqlite.</summary>
    public const string SqliteInvariant = "System.Data.SQLite";

    /// <summary>Makes the tables in a SQLite file, unless they are there.</summary>
    /// <param name="connectionString">The file's connection string.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when they are there.</returns>
    /// <exception cref="SqliteException">The file cannot be written.</exception>
    public static async Task ApplySqliteAsync(string connectionString, CancellationToken cancellationToken)
    {
        using var stream = typeof(ControlPlaneSchema).Assembly.GetManifestResourceStream(
            "Orleans.Workflows.Storage.AdoNet.orleans-sqlite.sql"
        )!;
        using var reader = new StreamReader(stream);
        var script = await reader.ReadToEndAsync(cancellationToken);
        await using var connection = new SqliteConnection(connectionString);
        var isNew = !File.Exists(connection.DataSource);
        await connection.OpenAsync(cancellationToken);
        if (isNew)
        {
            OwnFile.Close(connection.DataSource);
        }

        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL;" + script;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
