using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Cli.Connection;
using Orleans.Workflows.CliTests.Silo;

namespace Orleans.Workflows.CliTests;

public sealed class ConnectionTests(EmbeddedSiloFixture silo)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_DataFolder_FindsTheSiloThatAnnouncedItself()
    {
        await using var client = await ClusterConnection.OpenAsync(Settings() with { DataFolder = silo.DataFolder }, Token);

        (await client.Processes.ListPageAsync(new ProcessQuery { PageSize = 1 }, Token)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Open_Gateway_FindsTheSiloByNameOrAddress(string host)
    {
        await using var client = await ClusterConnection.OpenAsync(Settings(new DnsEndPoint(host, silo.Gateway.Port)), Token);

        (await client.Processes.ListPageAsync(new ProcessQuery { PageSize = 1 }, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Open_OneOfTwoGatewaysRefuses_UsesTheOther()
    {
        await using var client = await ClusterConnection.OpenAsync(Settings(new DnsEndPoint("127.0.0.1", 1), new DnsEndPoint("127.0.0.1", silo.Gateway.Port)), Token);

        (await client.Processes.ListPageAsync(new ProcessQuery { PageSize = 1 }, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Open_GatewayRefuses_FailsAtOnce()
    {
        var watch = Stopwatch.StartNew();

        var fault = await Should.ThrowAsync<WorkflowUnavailableException>(() => ClusterConnection.OpenAsync(Settings(new DnsEndPoint("127.0.0.1", 1)), Token));

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        fault.Message.ShouldContain("Tried the gateway 127.0.0.1:1: ");
        fault.Message.ShouldContain("Start a silo");
    }

    [Fact]
    public async Task Open_GatewayIsSilent_FailsAfterTheTimeout()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var gateway = new DnsEndPoint("127.0.0.1", ((IPEndPoint)silent.LocalEndpoint).Port);
        var watch = Stopwatch.StartNew();

        var fault = await Should.ThrowAsync<WorkflowUnavailableException>(() => ClusterConnection.OpenAsync(Settings(gateway) with { Timeout = TimeSpan.FromSeconds(1) }, Token));

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(4));
        fault.Message.ShouldContain("no answer within 1 s");
    }

    [Fact]
    public async Task Open_FolderWithoutASilo_SaysSo()
    {
        var fault = await Should.ThrowAsync<WorkflowUnavailableException>(() => ClusterConnection.OpenAsync(Settings() with { DataFolder = "/does/not/exist" }, Token));

        fault.Message.ShouldStartWith("No silo answers. Tried the silo of the data folder '/does/not/exist': no silo has announced itself there");
    }

    [Fact]
    public async Task Open_Cancelled_IsNoFaultOfTheSilo() => await Should.ThrowAsync<OperationCanceledException>(
        () => ClusterConnection.OpenAsync(Settings(new DnsEndPoint("127.0.0.1", 1)), new CancellationToken(canceled: true)));

    private static ConnectionSettings Settings(params DnsEndPoint[] gateways) => new() { Gateways = gateways, Timeout = TimeSpan.FromSeconds(30) };
}
