namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>The database of a test class.</summary>
/// <param name="server">Where it is.</param>
public sealed class PostgresDatabase(PostgresFixture server) : IAsyncLifetime
{
    /// <summary>How to connect to it.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() =>
        ConnectionString = await server.CreateDatabaseAsync(nameof(PostgresDatabase));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
