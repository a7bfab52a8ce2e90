using Npgsql;
using Orleans.Workflows.Shared.Postgres;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>A server of the class's own, which its tests may stop, misconfigure and rob of its connections.</summary>
public sealed class PostgresOutage : IAsyncLifetime
{
    private const string Database = "workflows";

    /// <summary>The server.</summary>
    public PostgresServer Server { get; private set; } = null!;

    /// <summary>How to connect to its database, which has the schema.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Server = await PostgresServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        ConnectionString = await Server.CreateDatabaseAsync(Database);
        await PostgresSchema.ApplyAsync(ConnectionString, TestContext.Current.CancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>Ends every connection to the database but the caller's.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> EndConnectionsAsync() =>
        Server.TerminateBackendsAsync(Database, TestContext.Current.CancellationToken);

    /// <summary>Waits until writers' backends wait in a given way, and tells which.</summary>
    /// <param name="waiting">How pg_stat_activity says so.</param>
    /// <param name="atLeast">How many.</param>
    /// <returns>Their numbers.</returns>
    public async Task<IReadOnlyList<int>> WritersThatWaitAsync(string waiting, int atLeast = 1)
    {
        IReadOnlyList<int> found = [];
        await Eventually.TrueAsync(
            $"{atLeast} writer(s) wait with {waiting}",
            async () => (found = await WritersAsync(waiting)).Count >= atLeast);
        return found;
    }

    /// <summary>Tells which writers' backends wait in a given way now.</summary>
    /// <param name="waiting">How pg_stat_activity says so.</param>
    /// <returns>Their numbers.</returns>
    public async Task<IReadOnlyList<int>> WritersAsync(string waiting)
    {
        await using var connection = await Sql.OpenAsync(ConnectionString);
        await using var query = new NpgsqlCommand(
            $"SELECT coalesce(array_agg(pid), '{{}}') FROM pg_stat_activity WHERE application_name = "
            + $"'orleans-workflows writers' AND {waiting}",
            connection);
        return (int[])(await query.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Ends one backend.</summary>
    /// <param name="backend">Its number.</param>
    /// <returns>Completes when it was told.</returns>
    public Task EndAsync(int backend) => Sql.RunAsync(ConnectionString, $"SELECT pg_terminate_backend({backend})");

    /// <summary>Makes every commit wait for a standby that does not exist, or lets it go again.</summary>
    /// <param name="holds">Whether commits wait.</param>
    /// <returns>Completes when it is so.</returns>
    public async Task HoldCommitsAsync(bool holds)
    {
        await Sql.RunAsync(
            ConnectionString,
            holds
                ? "ALTER SYSTEM SET synchronous_standby_names = 'nobody'"
                : "ALTER SYSTEM RESET synchronous_standby_names");
        await Sql.RunAsync(ConnectionString, "SELECT pg_reload_conf()");

        // The checkpointer takes the setting up when it comes to it: until then a commit of ours does not wait.
        if (holds)
        {
            await Eventually.TrueAsync("a commit waits for the standby", ACommitWaitsAsync);
        }
    }

    private async Task<bool> ACommitWaitsAsync()
    {
        await using var connection = await Sql.OpenAsync(ConnectionString);
        await using var commit = new NpgsqlCommand(
            "INSERT INTO probe VALUES (1, 'epoch') ON CONFLICT (number) DO UPDATE SET at = 'epoch'",
            connection);
        var committed = commit.ExecuteNonQueryAsync(CancellationToken.None);
        var waits = false;
        await Eventually.TrueAsync(
            "a commit is done, or waits for the standby",
            async () =>
                committed.IsCompleted
                || (
                    waits =
                        await Sql.ReadAsync(
                            ConnectionString,
                            $"SELECT wait_event FROM pg_stat_activity WHERE pid = {connection.ProcessID}") == "SyncRep"
                ));
        if (waits)
        {
            await EndAsync(connection.ProcessID);
            await Should.ThrowAsync<NpgsqlException>(() => committed);
        }

        return waits;
    }
}
