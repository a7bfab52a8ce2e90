namespace Orleans.Workflows.Storage.Postgres;

/// <summary>Finds the settings by which a server loses what it has acknowledged.</summary>
internal static class ServerDurability
{
    // As they are for a session of the store: the role, the database and the connection string can each set them.
    private const string Sql =
        """
        SELECT name || ' = ' || setting FROM pg_settings
        WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off' ORDER BY name
        """;

    /// <summary>Asks for them.</summary>
    /// <returns>The settings with their values; empty when what is acknowledged is durable.</returns>
    public static async Task<IReadOnlyList<string>> FindFaultsAsync(
        PostgresReaders readers, CancellationToken cancellationToken) =>
        await readers.QueryAsync(static () => Statement.Of(Sql), static r => r.GetString(0), cancellationToken);
}
