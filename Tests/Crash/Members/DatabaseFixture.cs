using Orleans.Workflows.Crash.Members;
using Orleans.Workflows.Shared.Postgres;
using Orleans.Workflows.Storage.Postgres;

[assembly: AssemblyFixture(typeof(DatabaseFixture))]

namespace Orleans.Workflows.Crash.Members;

/// <summary>The one PostgreSQL server of a test run, started for the first test that asks for it.</summary>
public sealed class DatabaseFixture : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> _server = new(static () =>
        PostgresServer.StartAsync(new PostgresServerOptions { Settings = ["max_connections=300"] }));
    private readonly Lazy<Task<PostgresTemplate>> _template;

    public DatabaseFixture() =>
        _template = new(async () =>
            await PostgresTemplate.CreateAsync(await _server.Value, "template_workflows", static connection =>
                PostgresSchema.ApplyAsync(connection, CancellationToken.None)));

    public Task<PostgresServer> GetServerAsync() => _server.Value;

    /// <summary>Makes a database with the schema.</summary>
    /// <param name="className">Begins its name.</param>
    /// <returns>How to connect to it.</returns>
    public async Task<string> CreateAsync(string className) =>
        await (await _template.Value).CopyAsync(className, TestContext.Current.CancellationToken);

    /// <summary>Makes a database without it.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>How to connect to it.</returns>
    public async Task<string> CreateEmptyAsync(string name) =>
        await (await _server.Value).CreateDatabaseAsync(
            name,
            cancellationToken: TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        // A start that failed has failed the tests already, and has left nothing.
        if (_server is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _server.Value).DisposeAsync();
        }
    }
}
