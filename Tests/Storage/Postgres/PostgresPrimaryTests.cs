using Npgsql;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>Of several servers the primary is taken, by every session; a standby alone is refused.</summary>
public sealed class PostgresPrimaryTests(PostgresFixture fixture, PostgresStandby standby)
    : IClassFixture<PostgresStandby>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hosts_WithAStandbyFirst_ThePrimaryHasTheTablesAndTheRows()
    {
        var primary = await fixture.GetServerAsync();
        await primary.CreateDatabaseAsync(PostgresStandby.Database, cancellationToken: Token);
        var hosts = $"127.0.0.1:{standby.Server.Port},127.0.0.1:{primary.Port}";
        var both = With(primary.ConnectionString(PostgresStandby.Database), c => c.Host = hosts);
        string[] all =
        [
            both,
            With(both, static c => c.TargetSessionAttributes = "any"),
            With(both, static c => c.LoadBalanceHosts = true),
        ];

        foreach (var connection in all)
        {
            await PostgresSchema.ApplyAsync(connection, Token);
            await using var store = PostgresSource.Open(connection);
            await store.InitializeAsync(Token);
            await store.PingAsync(Token);
            (await store.ListAsync(new(), Token)).Items.ShouldBeEmpty();
            await using var record = new PostgresClusterRecord(connection);
            await record.ClaimAsync("mine", force: false, Token);

            // What Orleans' providers get, which open it themselves.
            var control = PostgresSessions.OfControlPlane(connection, "127.0.0.1:11111@1");
            (await Sql.ReadAsync(control, "SELECT pg_is_in_recovery()::text")).ShouldBe("false");
        }
    }

    [Fact]
    public async Task Host_ThatIsAStandby_IsRefused()
    {
        var alone = standby.Server.ConnectionString(PostgresStandby.Database);

        var wanted = With(alone, static c => c.TargetSessionAttributes = "primary");
        var several = With(alone, c => c.Host = $"127.0.0.1:{standby.Server.Port},127.0.0.1:{standby.Server.Port}");

        (await FaultAsync(() => PostgresSchema.ApplyAsync(alone, Token))).ShouldContain("is a standby");
        (await FaultAsync(() => PostgresSchema.VerifyAsync(wanted, Token))).ShouldContain("is a standby");
        (await FaultAsync(() => PostgresSchema.VerifyAsync(several, Token)))
            .ShouldContain("none of its servers is a primary");
    }

    private static async Task<string> FaultAsync(Func<Task> attempt) =>
        (await Should.ThrowAsync<StoreUnavailableException>(attempt)).Message;

    private static string With(string database, Action<NpgsqlConnectionStringBuilder> change)
    {
        var connection = new NpgsqlConnectionStringBuilder(database);
        change(connection);
        return connection.ConnectionString;
    }
}
