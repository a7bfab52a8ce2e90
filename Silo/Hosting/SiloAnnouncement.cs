using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains;

namespace Orleans.Workflows.Silo.Hosting;

/// <summary>Tells clients on this machine, and whoever reads the log, where the silo is. Started after the silo, so that it takes calls by then.</summary>
internal sealed partial class SiloAnnouncement(
    DataFolder folder,
    SiloEndpoints endpoints,
    WorkflowsBuilder workflows,
    ILogger<SiloAnnouncement> logger) : IHostedService
{
    private readonly ILogger _logger = logger;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        EmbeddedSilo.Announce(folder.Path, new IPEndPoint(IPAddress.Loopback, endpoints.Gateway));
        LogReady(folder.Path, endpoints.Gateway, endpoints.Health);
        if (workflows.TypeNames.Count == 0)
        {
            LogNoTypes();
        }
        else
        {
            LogTypes(string.Join(", ", workflows.TypeNames));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(400040, LogLevel.Information, "The silo runs. Data folder: {DataFolder}. Clients: 127.0.0.1:{GatewayPort}. Health: http://127.0.0.1:{HealthPort}/health/ready")]
    private partial void LogReady(string dataFolder, int gatewayPort, int healthPort);

    [LoggerMessage(400041, LogLevel.Information, "Process types: {Types}")]
    private partial void LogTypes(string types);

    [LoggerMessage(400042, LogLevel.Warning, "The silo has no process types, so it can run nothing. docs/getting-started.md shows how to add one.")]
    private partial void LogNoTypes();
}
