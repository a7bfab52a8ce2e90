using Npgsql;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>Of several servers the primary is taken, by every session; a standby alone is refused.</summary>
public sealed class PostgresPrimaryTests(PostgresFixture fixture, PostgresStandby standby) : IClassFixture<PostgresStandby>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hosts_WithAStandbyFirst_ThePrimaryHasTheTablesAndTheRows()
    {
        var primary = await fixture.GetServerAsync();
        await primary.CreateDatabaseAsync(PostgresStandby.Database, cancellationToken: Token);
        var both = With(primary.ConnectionString(PostgresStandby.Database), c => c.Host = $"127.0.0.1:{standby.Server.Port},127.0.0.1:{primary.Port}");

        foreach (var connection in (string[])[both, With(both, static c => c.TargetSessionAttributes = "any"), With(both, static c => c.LoadBalanceHosts = true)])
        {
            await PostgresSchema.ApplyAsync(connection, Token);
            await using var store = PostgresSource.Open(connection);
            await store.InitializeAsync(Token);
            await store.PingAsync(Token);
            (await store.ListAsync(new(), Token)).Items.ShouldBeEmpty();
            await using var record = new PostgresClusterRecord(connection);
            await record.ClaimAsync("mine", force: false, Token);

            // What Orleans' providers get, which open it themselves.
            (await Sql.ReadAsync(PostgresSessions.OfControlPlane(connection, "127.0.0.1:11111@1"), "SELECT pg_is_in_recovery()::text")).ShouldBe("false");
        }
    }

    [Fact]
    public async Task Host_ThatIsAStandby_IsRefused()
    {
        var alone = standby.Server.ConnectionString(PostgresStandby.Database);

        (await Should.ThrowAsync<StoreUnavailableException>(() => PostgresSchema.ApplyAsync(alone, Token))).Message.ShouldContain("is a standby");
        (await Should.ThrowAsync<StoreUnavailableException>(() => PostgresSchema.VerifyAsync(With(alone, static c => c.TargetSessionAttributes = "primary"), Token)))
            .Message.ShouldContain("is a standby");
        (await Should.ThrowAsync<StoreUnavailableException>(() => PostgresSchema.VerifyAsync(With(alone, c => c.Host = $"127.0.0.1:{standby.Server.Port},127.0.0.1:{standby.Server.Port}"), Token)))
            .Message.ShouldContain("none of its servers is a primary");
    }

    private static string With(string database, Action<NpgsqlConnectionStringBuilder> change)
    {
        var connection = new NpgsqlConnectionStringBuilder(database);
        change(connection);
        return connection.ConnectionString;
    }
}
