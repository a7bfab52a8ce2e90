using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>
/// Sessions name their silo, do not outlive it for long, and can be ended by others in whatever it froze.
/// </summary>
public sealed class PostgresSessionsTests(PostgresOutage outage) : IClassFixture<PostgresOutage>
{
    private const string Dead = "10.0.0.1:11111@123456789";
    private const string Alive = "10.0.0.1:11111@1234567890";
    private const string Long = "[2001:db8:85a3:8d3:1319:8a2e:370:7348]:11111@1234567890";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Dead, "orleans-workflows writers 10.0.0.1:11111@123456789")]
    [InlineData(Long, null)]
    public async Task Sessions_OfASilo_AreNamed_AndBounded(string silo, string? name)
    {
        await using var store = Open(silo);
        await store.InitializeAsync(Token);
        await store.PingAsync(Token);
        await store.ListOwnersAsync(Token);

        var names = (
            await Sql.ReadAsync(
                outage.ConnectionString,
                "SELECT string_agg(DISTINCT application_name, ';') FROM pg_stat_activity WHERE application_name LIKE "
                + "'orleans-workflows %'")
        )!.Split(';');
        names.ShouldContain(n => name == null || n == name);
        names.Length.ShouldBe(2);
        names.ShouldAllBe(n => PostgresSessions.Suffixes(silo).Any(n.EndsWith), "the whole name is kept");
        (await store.EndSessionsAsync([silo], Token)).ShouldBeGreaterThanOrEqualTo(1, "all but the one that ends them");
        await store.PingAsync(Token);
    }

    [Fact]
    public async Task Sessions_OfAWriter_HaveBoundsOfOurOwn_UnlessTheyAreGiven()
    {
        await using var ours = new PostgresConnections(
            new NpgsqlConnectionStringBuilder(outage.ConnectionString),
            Dead);
        await using var given = new PostgresConnections(
            new NpgsqlConnectionStringBuilder(
                $"{outage.ConnectionString};Options=-c tcp_user_timeout=7000;Application Name={new string('n', 60)}"),
            Dead);

        (await SettingsAsync(ours)).ShouldBe("250ms 10s 5 2 3 10000");
        (await SettingsAsync(given)).ShouldBe("250ms 10s 5 2 3 7000");
        await using var named = await given.OpenWriterAsync(Token);
        (await TextAsync(named, "SHOW application_name")).ShouldBe($"{new string('n', 30)} writers {Dead}");
    }

    [Fact]
    public async Task EndSessions_OfASiloThatFroze_EndsThemInWhateverItFroze_AndNoOthers()
    {
        await using var store = Open(Alive);
        await store.InitializeAsync(Token);
        var rows = new List<ProcessRow>();
        foreach (var id in (string[])["idle", "half", "full"])
        {
            var insert = A.Insert(A.Row(id));
            (await store.CommitAsync(insert, Token)).Status.ShouldBe(CommitStatus.Done);
            rows.Add(insert.Row);
        }

        var name = $"orleans-workflows writers {Dead}";
        await using var idle = await RawSession.OpenAsync(outage.ConnectionString, name);
        await using var half = await RawSession.OpenAsync(outage.ConnectionString, name);
        await using var full = await RawSession.OpenAsync(outage.ConnectionString, name);
        await using var other = await RawSession.OpenAsync(
            outage.ConnectionString,
            $"orleans-workflows writers {Alive}");
        await idle.QueryAsync("BEGIN; SELECT 1 FROM process WHERE id = 'idle' FOR UPDATE");
        await half.BeginBatchAsync("SELECT 1 FROM process WHERE id = 'half' FOR UPDATE");
        await full.QueryAsync(
            "BEGIN; SELECT 1 FROM process WHERE id = 'full' FOR UPDATE; SELECT repeat('x', 1000) FROM "
            + "generate_series(1, 100000)");
        foreach (
            var shape in (string[])
                [
                    "state = 'idle in transaction'",
                    "state = 'active' AND wait_event = 'ClientRead'",
                    "state = 'active' AND wait_event = 'ClientWrite'",
                ])
        {
            await Eventually.TrueAsync(
                $"a session stands with {shape}",
                async () =>
                    await Sql.ReadAsync(
                        outage.ConnectionString,
                        $"SELECT count(*)::text FROM pg_stat_activity WHERE application_name = '{name}' AND {shape}"
                    ) == "1");
        }

        (await store.EndSessionsAsync([Dead], Token)).ShouldBe(3);

        (await idle.IsEndedAsync()).ShouldBeTrue();
        (await half.IsEndedAsync()).ShouldBeTrue();
        (await full.IsEndedAsync()).ShouldBeTrue();
        (await Task.WhenAll(rows.Select(row => store.CommitAsync(A.Step(row), Token)))).ShouldAllBe(static r =>
            r.Status == CommitStatus.Done);
        (await store.EndSessionsAsync([Dead], Token)).ShouldBe(0);
        (
            await Sql.ReadAsync(
                outage.ConnectionString,
                $"SELECT count(*)::text FROM pg_stat_activity WHERE application_name = 'orleans-workflows writers "
                + $"{Alive}'")
        ).ShouldNotBe("0", "the sessions of a silo whose name begins alike are left alone");
    }

    [Fact]
    public async Task Session_CutOffInSilenceInsideATransaction_HoldsUpItsOwnRowsOnly_UntilItIsEnded()
    {
        await using var survivor = Open(Alive);
        await survivor.InitializeAsync(Token);
        var insert = A.Insert(A.Row("cut-parent"));
        (await survivor.CommitAsync(insert, Token)).Status.ShouldBe(CommitStatus.Done);
        var parent = insert.Row;
        var way = new SilentProxy(outage.ConnectionString);
        var cut = Open(Dead, way.ConnectionString);
        try
        {
            await cut.InitializeAsync(Token);
            await cut.PingAsync(Token);
            await using var load = await StepLoad.StartAsync(survivor, processes: 20);
            await load.GoesOnAsync(100);

            // With children it takes two round trips: the first one's answer does not arrive any more.
            var silent = way.CutInTransactionAsync();
            var lost = cut.CommitAsync(
                A.Step(parent) with
                {
                    Children = [.. Enumerable.Range(0, 3).Select(i => A.ChildOf(parent, 0, i))],
                },
                CancellationToken.None);
            await silent;
            var began = load.Done;
            var held = survivor.CommitAsync(A.Step(parent), Token);

            await load.GoesOnAsync(began + 1_000);
            await load.EndAsync();
            load.LongestStep.ShouldBeLessThan(TimeSpan.FromSeconds(3), "no process of the load is in its rows");
            (held.IsCompleted, lost.IsCompleted).ShouldBe((false, false), "both want what that session has locked");
            (await survivor.EndSessionsAsync([Dead], Token)).ShouldBeGreaterThanOrEqualTo(1);
            (await held.WaitAsync(TimeSpan.FromSeconds(3), Token)).Status.ShouldBe(CommitStatus.Done);
        }
        finally
        {
            // In this order: a store flushes what it has, and without the way it soon learns that it cannot.
            await way.DisposeAsync();
            await cut.DisposeAsync();
        }
    }

    [Fact]
    public async Task EndSessions_WithoutTheRight_SaysSo()
    {
        await Sql.RunAsync(
            outage.ConnectionString,
            "CREATE ROLE poor LOGIN; GRANT ALL ON ALL TABLES IN SCHEMA public TO poor; REVOKE EXECUTE ON FUNCTION "
            + "pg_terminate_backend FROM public");
        var poor = new NpgsqlConnectionStringBuilder(outage.ConnectionString) { Username = "poor" }.ConnectionString;
        await using var store = new PostgresProcessStore(
            new PostgresStoreOptions { ConnectionString = poor, Schema = StoreSchema.Verify },
            TimeProvider.System,
            NullLogger<PostgresProcessStore>.Instance);
        await store.InitializeAsync(Token);
        await using var dead = await RawSession.OpenAsync(poor, $"orleans-workflows writers {Dead}");
        await Eventually.TrueAsync(
            "the session is there",
            async () =>
                await Sql.ReadAsync(
                    outage.ConnectionString,
                    "SELECT count(*)::text FROM pg_stat_activity WHERE usename = 'poor' AND application_name LIKE "
                    + "'%writers%'"
                ) == "1");

        (
            await Should.ThrowAsync<StoreUnavailableException>(() => store.EndSessionsAsync([Dead], Token))
        ).Message.ShouldContain("pg_terminate_backend");

        await Sql.RunAsync(outage.ConnectionString, "GRANT EXECUTE ON FUNCTION pg_terminate_backend TO public");
        (await store.EndSessionsAsync([Dead], Token)).ShouldBe(1);
    }

    private PostgresProcessStore Open(string silo, string? connectionString = null) =>
        new(
            new PostgresStoreOptions
            {
                ConnectionString = connectionString ?? outage.ConnectionString,
                Schema = StoreSchema.Verify,
            },
            TimeProvider.System,
            NullLogger<PostgresProcessStore>.Instance,
            silo: silo);

    private static async Task<string?> SettingsAsync(PostgresConnections connections)
    {
        await using var connection = await connections.OpenWriterAsync(Token);
        return await TextAsync(
            connection,
            """
            SELECT concat_ws(' ', current_setting('lock_timeout'),
                current_setting('idle_in_transaction_session_timeout'), current_setting('tcp_keepalives_idle'),
                current_setting('tcp_keepalives_interval'), current_setting('tcp_keepalives_count'),
                current_setting('tcp_user_timeout'))
            """);
    }

    private static async Task<string?> TextAsync(NpgsqlConnection connection, string query)
    {
        await using var command = new NpgsqlCommand(query, connection);
        return await command.ExecuteScalarAsync(Token) as string;
    }
}
