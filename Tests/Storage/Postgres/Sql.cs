using Npgsql;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>Statements of a test's own, each on a connection that no pool keeps.</summary>
internal static class Sql
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Connects.</summary>
    /// <param name="database">How.</param>
    /// <returns>The connection.</returns>
    public static async Task<NpgsqlConnection> OpenAsync(string database)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync(Token);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Carries out a statement.</summary>
    /// <param name="database">How to connect.</param>
    /// <param name="statement">The statement.</param>
    /// <returns>Completes when it is done.</returns>
    public static async Task RunAsync(string database, string statement)
    {
        await using var connection = await OpenAsync(database);
        await RunAsync(connection, statement);
    }

    /// <summary>Carries out a statement on a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="statement">The statement.</param>
    /// <returns>Completes when it is done.</returns>
    public static async Task RunAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(Token);
    }

    /// <summary>Reads one text.</summary>
    /// <param name="database">How to connect.</param>
    /// <param name="query">Yields the text.</param>
    /// <returns>The text; null for none.</returns>
    public static async Task<string?> ReadAsync(string database, string query)
    {
        await using var connection = await OpenAsync(database);
        await using var command = new NpgsqlCommand(query, connection);
        return await command.ExecuteScalarAsync(Token) as string;
    }
}
