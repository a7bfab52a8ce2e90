using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Orleans.Workflows.Cli.Connection;
using Orleans.Workflows.CliTests.Silo;

namespace Orleans.Workflows.CliTests;

public sealed class ConnectionTests(EmbeddedSiloFixture silo)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_DataFolder_FindsTheSiloThatAnnouncedItself()
    {
        await using var client = await ClusterConnection.OpenAsync(
            Settings() with
            {
                DataFolder = silo.DataFolder,
            },
            Token);

        (await client.Processes.ListPageAsync(new ProcessQuery { PageSize = 1 }, Token)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Open_Gateway_FindsTheSiloByNameOrAddress(string host)
    {
        await using var client = await ClusterConnection.OpenAsync(
            Settings(new DnsEndPoint(host, silo.Gateway.Port)),
            Token);

        (await client.Processes.ListPageAsync(new ProcessQuery { PageSize = 1 }, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Open_OneOfTwoGatewaysRefuses_UsesTheOther()
    {
        await using var client = await ClusterConnection.OpenAsync(
            Settings(new DnsEndPoint("127.0.0.1", 1), new DnsEndPoint("127.0.0.1", silo.Gateway.Port)),
            Token);

        (await client.Processes.ListPageAsync(new ProcessQuery { PageSize = 1 }, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Open_GatewayRefuses_FailsAtOnce()
    {
        var watch = Stopwatch.StartNew();

        var fault = await Should.ThrowAsync<NoConnectionException>(() =>
            ClusterConnection.OpenAsync(Settings(new DnsEndPoint("127.0.0.1", 1)), Token));

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        fault.Message.ShouldStartWith("No silo answers. Tried the gateway 127.0.0.1:1: ");
        fault.Hint.ShouldStartWith(
            "Start the program that has your processes, or point elsewhere with --data-folder PATH");
    }

    [Fact]
    public async Task Open_GatewayIsSilent_FailsAfterTheTimeout()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var gateway = new DnsEndPoint("127.0.0.1", ((IPEndPoint)silent.LocalEndpoint).Port);
        var watch = Stopwatch.StartNew();

        var fault = await Should.ThrowAsync<NoConnectionException>(() =>
            ClusterConnection.OpenAsync(Settings(gateway) with { Timeout = TimeSpan.FromSeconds(1) }, Token));

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(4));
        fault.Message.ShouldContain("no answer within 1 s");
    }

    [Fact]
    public async Task Open_DatabaseIsSilent_BlamesTheDatabaseAndNotASilo()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var database = $"Host=127.0.0.1;Port={((IPEndPoint)silent.LocalEndpoint).Port};Database=frozen;Username=owf";

        var settings = Settings() with { ConnectionString = database, Timeout = TimeSpan.FromSeconds(1) };
        var fault = await Should.ThrowAsync<NoConnectionException>(() => ClusterConnection.OpenAsync(settings, Token));

        fault.Message.ShouldStartWith("The database does not answer. Tried the cluster on PostgreSQL 127.0.0.1:");
        fault.Message.ShouldEndWith("/frozen: no answer within 1 s.");
        fault.Hint.ShouldContain("--timeout SECONDS gives it more time");
    }

    [Fact]
    public async Task Open_GatewayIsSlow_IsTriedAgainUntilTheTimeout()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var gateway = new DnsEndPoint("127.0.0.1", ((IPEndPoint)silent.LocalEndpoint).Port);
        var opening = ClusterConnection.OpenAsync(Settings(gateway), Token);

        // Orleans' limit for one attempt is 2 s, that of the command 30 s.
        using var first = await silent.AcceptTcpClientAsync(Token);
        using var second = await silent.AcceptTcpClientAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Token);

        opening.IsCompleted.ShouldBeFalse();
        silent.Stop();
        (await Should.ThrowAsync<NoConnectionException>(() => opening)).Message.ShouldStartWith(
            "No silo answers. Tried the gateway ");
    }

    [Fact]
    public async Task Open_FolderWithoutASilo_SaysSo()
    {
        var fault = await Should.ThrowAsync<NoConnectionException>(() =>
            ClusterConnection.OpenAsync(Settings() with { DataFolder = "/does/not/exist" }, Token));

        fault.Message.ShouldStartWith(
            "No silo answers. Tried the silo of the data folder '/does/not/exist': no silo has announced itself there");
    }

    [Theory]
    [InlineData("28P01", "password authentication failed", "The database refuses the user.", "Username and Password")]
    [InlineData("28000", "no pg_hba.conf entry", "The database refuses the user.", "pg_hba.conf")]
    [InlineData(
        "3D000",
        "database does not exist",
        "There is no such database.",
        "Database in the connection string"
    )]
    [InlineData(
        "42P01",
        "relation does not exist",
        "The database has no tables of a cluster.",
        "the command 'migrate'"
    )]
    [InlineData("42501", "permission denied", "The database refuses to be read.", "what the user may read")]
    [InlineData("53300", "too many clients", "The database does not take the connection.", "Host and Port")]
    public async Task Open_DatabaseRefuses_SaysThatAndNotThatNoSiloAnswers(
        string sqlState,
        string message,
        string what,
        string hint)
    {
        using var database = new RefusingDatabase(sqlState, message);

        var fault = await Should.ThrowAsync<NoConnectionException>(() =>
            ClusterConnection.OpenAsync(Settings() with { ConnectionString = database.ConnectionString }, Token));

        fault.Message.ShouldStartWith(
            $"{what} Tried the cluster on PostgreSQL 127.0.0.1:{database.Port}/workflows: {message}");
        fault.Message.ShouldNotContain("geheim");
        fault.Hint.ShouldContain(hint);
    }

    [Fact]
    public async Task Open_NoDatabaseServer_SaysThatTheDatabaseDoesNotAnswer()
    {
        var settings = Settings() with { ConnectionString = "Host=127.0.0.1;Port=1;Database=workflows;Username=owf" };

        var fault = await Should.ThrowAsync<NoConnectionException>(() => ClusterConnection.OpenAsync(settings, Token));

        fault.Message.ShouldBe(
            "The database does not answer. Tried the cluster on PostgreSQL 127.0.0.1:1/workflows: Connection refused.");
        fault.Hint.ShouldStartWith("Check Host and Port of the connection string");
    }

    [Fact]
    public async Task Open_Cancelled_IsNoFaultOfTheSilo() =>
        await Should.ThrowAsync<OperationCanceledException>(() =>
            ClusterConnection.OpenAsync(
                Settings(new DnsEndPoint("127.0.0.1", 1)),
                new CancellationToken(canceled: true)));

    private static ConnectionSettings Settings(params DnsEndPoint[] gateways) =>
        new() { Gateways = gateways, Timeout = TimeSpan.FromSeconds(30) };
}
