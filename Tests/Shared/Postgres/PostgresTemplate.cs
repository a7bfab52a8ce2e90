namespace Orleans.Workflows.Shared.Postgres;

/// <summary>A database that has the schema, and of which each test class gets a copy of its own.</summary>
public sealed class PostgresTemplate
{
    // PostgreSQL cuts longer names silently; the rest of its 63 bytes is for the number.
    private const int LongestName = 50;

    private readonly PostgresServer _server;
    private readonly string _name;
    private int _copies;

    private PostgresTemplate(PostgresServer server, string name)
    {
        _server = server;
        _name = name;
    }

    /// <summary>Makes a template.</summary>
    /// <param name="server">Where.</param>
    /// <param name="name">Its name.</param>
    /// <param name="applySchema">
    /// Makes the schema; gets the connection string. Its connections are ended afterwards.
    /// </param>
    /// <param name="cancellationToken">Ends the making.</param>
    /// <returns>The template.</returns>
    public static async Task<PostgresTemplate> CreateAsync(
        PostgresServer server,
        string name,
        Func<string, Task> applySchema,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(applySchema);
        await applySchema(await server.CreateDatabaseAsync(name, cancellationToken: cancellationToken));
        await server.CloseDatabaseAsync(name, cancellationToken);
        return new PostgresTemplate(server, name);
    }

    /// <summary>Makes a copy.</summary>
    /// <param name="purpose">Begins the copy's name, such as the test class's; a number follows.</param>
    /// <param name="cancellationToken">Ends the making.</param>
    /// <returns>How to connect to the copy.</returns>
    public Task<string> CopyAsync(string purpose, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        var start = purpose.Length <= LongestName ? purpose : purpose[..LongestName];
        return _server.CreateDatabaseAsync($"{start}_{Interlocked.Increment(ref _copies)}", _name, cancellationToken);
    }
}
