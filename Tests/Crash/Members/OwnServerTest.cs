using Orleans.Workflows.Shared.Postgres;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.Crash.Members;

/// <summary>Silos whose database is on a server of the test's own, to which anything can happen.</summary>
public abstract class OwnServerTest(ITestOutputHelper output, DatabaseFixture databases)
    : SeveralSilosTest(output, databases)
{
    /// <summary>The name of the database.</summary>
    protected const string Database = "own";

    private PostgresServer? _server;

    /// <summary>The server.</summary>
    protected PostgresServer Server => _server!;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    protected override async Task<string> CreateDatabaseAsync()
    {
        _server = await PostgresServer.StartAsync(
            new PostgresServerOptions { Settings = ["max_connections=300"] },
            Cancel);
        var database = await _server.CreateDatabaseAsync(Database, cancellationToken: Cancel);
        await PostgresSchema.ApplyAsync(database, Cancel);
        return database;
    }
}
