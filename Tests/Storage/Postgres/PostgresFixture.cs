using Orleans.Workflows.Shared.Postgres;
using Orleans.Workflows.Storage.Postgres;
using Orleans.Workflows.StorageTests.Postgres;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>The one PostgreSQL server of a test run, started for the first test that asks for it.</summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> _server = new(static () => PostgresServer.StartAsync());
    private readonly Lazy<Task<PostgresTemplate>> _template;

    /// <summary>Names the schema.</summary>
    public PostgresFixture()
        : this(static connection => PostgresSchema.ApplyAsync(connection, CancellationToken.None))
    {
    }

    private PostgresFixture(Func<string, Task> applySchema) =>
        _template = new(async () =>
            await PostgresTemplate.CreateAsync(await _server.Value, "template_workflows", applySchema));

    /// <summary>Waits for the server.</summary>
    /// <returns>The server that all tests share: stop it nowhere, start one of your own.</returns>
    public Task<PostgresServer> GetServerAsync() => _server.Value;

    /// <summary>Makes a database with the schema.</summary>
    /// <param name="className">Begins its name.</param>
    /// <returns>How to connect to it.</returns>
    public async Task<string> CreateDatabaseAsync(string className) =>
        await (await _template.Value).CopyAsync(className, TestContext.Current.CancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A start that failed has failed the tests already, and has left nothing.
        if (_server is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _server.Value).DisposeAsync();
        }
    }
}
