using Orleans.Workflows.Shared.Postgres;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>
/// A server that follows nobody, but answers as a standby does: whoever reads may, whoever writes is told that it is
/// read-only.
/// </summary>
public sealed class PostgresStandby : IAsyncLifetime
{
    /// <summary>The one database that it has.</summary>
    public const string Database = "of_several";

    /// <summary>The server.</summary>
    public PostgresServer Server { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Server = await PostgresServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await Server.CreateDatabaseAsync(Database);
        await Server.StopAsync(PostgresStop.Fast);
        await File.WriteAllTextAsync(Path.Combine(Server.Folder, "data", "standby.signal"), "");
        await Server.StartAgainAsync(TestContext.Current.CancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
