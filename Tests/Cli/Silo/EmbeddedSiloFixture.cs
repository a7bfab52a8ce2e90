using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Cli.Connection;
using Orleans.Workflows.CliTests.Silo;

[assembly: AssemblyFixture(typeof(EmbeddedSiloFixture))]

namespace Orleans.Workflows.CliTests.Silo;

/// <summary>
/// A real silo on TCP, with its processes in memory, that announces itself in a data folder. And one client of it.
/// </summary>
public sealed class EmbeddedSiloFixture : IAsyncLifetime
{
    private const string ClusterName = "orleans-workflows";

    private IHost? _silo;
    private ConnectedClient? _client;

    /// <summary>Where the silo has announced itself.</summary>
    public string DataFolder { get; } = Directory.CreateTempSubdirectory("owf-cli-").FullName;

    /// <summary>The silo's gateway.</summary>
    public IPEndPoint Gateway { get; } = new(IPAddress.Loopback, FreePort());

    /// <summary>The client, for what a test needs beside the commands.</summary>
    public IProcessClient Processes => _client!.Processes;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Logging.SetMinimumLevel(LogLevel.Error).AddConsole();
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(FreePort(), Gateway.Port, serviceId: ClusterName, clusterId: ClusterName)
            .UseInMemoryReminderService()
            .AddMemoryGrainStorage(ControlPlane.StorageName)
            .UseMemoryProcessStore()
            .AddWorkflows(static workflows => workflows
                .AddProcess<Echo>()
                .AddProcess<Approval>()
                .AddProcess<Visit>()
                .AddProcess<Broken>()
                .AddProcess<Pair>()
                .AddProcess<Story>()
                .AddProcess<Family>()
                .AddProcess<Stubborn>()
                .AddProcess<Repair>()
                .AddProcess<Booking>()
                .AddProcess<Failing>()
                .AddProcess<Moody>()));
        _silo = builder.Build();
        await _silo.StartAsync();
        EmbeddedSilo.Announce(DataFolder, Gateway);
        _client = await ClusterConnection.OpenAsync(
            new ConnectionSettings
            {
                DataFolder = DataFolder,
                Gateways = [],
                Timeout = TimeSpan.FromSeconds(30),
            },
            CancellationToken.None);
    }

    /// <summary>A client that is connected already, so that a run takes no time to connect.</summary>
    /// <returns>The client.</returns>
    internal ConnectedClient Share() => new(Processes);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await using (_client)
        {
        }

        await _silo!.StopAsync();
        _silo.Dispose();
        Directory.Delete(DataFolder, recursive: true);
    }

    // Below the ports that the system gives to outgoing connections, which could take one before the silo listens.
    private static int FreePort()
    {
        while (true)
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(20_000, 32_768));
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Another program listens there.
            }
        }
    }
}
