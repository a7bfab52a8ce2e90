using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>
/// What a pooler between silo and server does to sessions is borne, or said: what it answers and drops is played
/// here.
/// </summary>
public sealed class PostgresPoolerTests(PostgresFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("options", "ignore_startup_parameters = options")]
    [InlineData("search_path", "ALTER ROLE")]
    public async Task Pooler_ThatRefusesAStartupParameter_IsToldHow(string parameter, string remedy)
    {
        using var pooler = new TcpListener(IPAddress.Loopback, 0);
        pooler.Start();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var refusing = RefuseAsync(pooler, parameter, stop.Token);
        var port = ((IPEndPoint)pooler.LocalEndpoint).Port;
        var connection =
            $"Host=127.0.0.1;Port={port};Username=a;Database=b;SSL Mode=Disable;GSS Encryption Mode=Disable";
        foreach (var attempt in (Func<Task>[])
            [() => PostgresSchema.ApplyAsync(connection, Token), () => PostgresSchema.VerifyAsync(connection, Token)])
        {
            var error = await Should.ThrowAsync<StoreUnavailableException>(attempt);
            error.Message.ShouldContain($"unsupported startup parameter: {parameter}");
            error.Message.ShouldContain(remedy);
        }

        await stop.CancelAsync();
        await refusing;
    }

    [Fact]
    public void Pooler_ThatDropsTheSearchPath_IsFoundOut()
    {
        var facts = new ServerFacts("public", "\"$user\", public", "UTF8", IsStandby: false, HasJournal: true, []);
        var other = new NpgsqlConnectionStringBuilder("Host=h;Search Path=mine");

        facts.Check(new NpgsqlConnectionStringBuilder("Host=h"));
        facts.Check(new NpgsqlConnectionStringBuilder("Host=h;Search Path='\"$user\", public'"));
        var error = Should.Throw<StoreUnavailableException>(() => facts.Check(other));
        error.Message.ShouldContain("a pooler in between drops it");
    }

    [Fact]
    public async Task Sessions_HaveTheirSettingsByStatements_AndKeepThemInThePool()
    {
        var database = await fixture.CreateDatabaseAsync(nameof(PostgresPoolerTests));
        var single = new NpgsqlConnectionStringBuilder(database) { MaxPoolSize = 1 };
        await using var connections = new PostgresConnections(single, "127.0.0.1:1@1");
        for (var use = 0; use < 2; use++)
        {
            await using var reader = await connections.Readers.OpenConnectionAsync(Token);
            (await SourceAsync(reader, "enable_seqscan")).ShouldBe("off session");
            (await SourceAsync(reader, "application_name")).ShouldBe("orleans-workflows readers 127.0.0.1:1@1 client");
        }

        await using var writer = await connections.OpenWriterAsync(Token);
        (await SourceAsync(writer, "lock_timeout")).ShouldBe("250 session");
        (await SourceAsync(writer, "idle_in_transaction_session_timeout")).ShouldBe("10000 session");
        var control = new NpgsqlConnectionStringBuilder(PostgresSessions.OfControlPlane(database, "127.0.0.1:1@1"));
        control.NoResetOnClose.ShouldBeTrue();
    }

    private static async Task<string?> SourceAsync(NpgsqlConnection session, string setting)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT setting || ' ' || source FROM pg_settings WHERE name = '{setting}'", session);
        return await command.ExecuteScalarAsync(Token) as string;
    }

    private static async Task RefuseAsync(TcpListener pooler, string parameter, CancellationToken stop)
    {
        var body = Encoding.ASCII.GetBytes($"SFATAL\0VFATAL\0C08P01\0Munsupported startup parameter: {parameter}\0\0");
        byte[] answer = [(byte)'E', .. BitConverter.GetBytes(IPAddress.HostToNetworkOrder(body.Length + 4)), .. body];
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var client = await pooler.AcceptTcpClientAsync(stop);
                var startup = new byte[4_096];
                _ = await client.GetStream().ReadAsync(startup, stop);
                await client.GetStream().WriteAsync(answer, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
