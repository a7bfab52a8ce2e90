using Npgsql;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Shared.Postgres;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>A real PgBouncer between silo and server: what docs/operations/postgresql.md says of it.</summary>
public sealed class PgBouncerTests(PostgresFixture fixture)
{
    private const string Remedy = "ignore_startup_parameters = options";
    private const string Silo = "10.0.0.1:11111@123456789";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SessionMode_CarriesTheSchemaAndTheWork_AndSessionsBearTheirSilosName()
    {
        var server = await fixture.GetServerAsync();
        var direct = await server.CreateDatabaseAsync("bouncer_session", cancellationToken: Token);
        await using var pooler = await PgBouncer.StartAsync(server, "session", Remedy);
        (await PostgresSchema.ApplyAsync(pooler.Over(direct), Token)).ShouldNotBeEmpty();
        await PostgresSchema.VerifyAsync(pooler.Over(direct), Token);
        await using var store = PostgresSource.Open(pooler.Over(direct));
        await store.InitializeAsync(Token);

        (string Id, long Version)[] versions;
        await using (var load = await StepLoad.StartAsync(store, 8))
        {
            await load.GoesOnAsync(200);
            (await NamesAsync(direct)).ShouldContain("orleans-workflows writers");
            versions = await load.EndAsync();
        }

        foreach (var (id, version) in versions)
        {
            (await store.LoadAsync(ProcessId.Parse(id), Token))!.Row.Version.ShouldBe(version);
        }

        var receiver = ProcessId.Parse(versions[0].Id);
        await store.SendAsync(A.Signal(receiver, "once"), Token);
        var ended = (await store.LoadAsync(receiver, Token))!;
        ended.Inbox.ShouldHaveSingleItem().MessageId.ShouldBe("once");
        var end = A.Step(ended.Row) with { Row = A.Step(ended.Row).Row.Ended(A.Noon) };
        (await store.CommitAsync(end with { Row = end.Row with { LastOperation = end.OperationId } }, Token))
            .Status.ShouldBe(CommitStatus.Done);
        (await store.LoadAsync(receiver, Token))!.Row.State.ShouldBe(ProcessState.Finished);
    }

    [Fact]
    public async Task SessionMode_EndsTheSessionsOfADeadSilo()
    {
        var server = await fixture.GetServerAsync();
        var direct = await fixture.CreateDatabaseAsync(nameof(PgBouncerTests));
        await using var pooler = await PgBouncer.StartAsync(server, "session", Remedy);
        await using var store = PostgresSource.Open(pooler.Over(direct));
        await store.InitializeAsync(Token);
        await using var dead = new PostgresConnections(new NpgsqlConnectionStringBuilder(pooler.Over(direct)), Silo);
        await using var session = await dead.OpenWriterAsync(Token);
        (await NamesAsync(direct)).ShouldContain($"orleans-workflows writers {Silo}");

        (await store.EndSessionsAsync([Silo], Token)).ShouldBe(1);

        await Eventually.TrueAsync(
            "the session is ended",
            async () => !(await NamesAsync(direct)).Contains(Silo, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SessionMode_ThatIgnoresNothing_IsRefusedWithTheRemedy()
    {
        var direct = await fixture.CreateDatabaseAsync(nameof(PgBouncerTests));
        await using var pooler = await PgBouncer.StartAsync(await fixture.GetServerAsync(), "session");

        (await Should.ThrowAsync<StoreUnavailableException>(PostgresSchema.VerifyAsync(pooler.Over(direct), Token)))
            .Message.ShouldContain(Remedy);
    }

    /// <summary>Statements are prepared and sessions have settings, which would be another's in the next one.</summary>
    [Theory]
    [InlineData("transaction")]
    [InlineData("statement")]
    public async Task OtherModes_AreRefusedAtTheStart(string mode)
    {
        var direct = await fixture.CreateDatabaseAsync(nameof(PgBouncerTests));
        await using var pooler = await PgBouncer.StartAsync(await fixture.GetServerAsync(), mode, Remedy);

        foreach (var attempt in (Func<Task>[])
            [() => PostgresSchema.ApplyAsync(pooler.Over(direct), Token),
                () => PostgresSchema.VerifyAsync(pooler.Over(direct), Token)])
        {
            (await Should.ThrowAsync<StoreUnavailableException>(attempt)).Message.ShouldContain("pool_mode = session");
        }
    }

    private static async Task<string> NamesAsync(string database) =>
        (await Sql.ReadAsync(
            database,
            "SELECT string_agg(application_name, ';') FROM pg_stat_activity WHERE datname = current_database()"))!;
}
