using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.Silo.Hosting;

/// <summary>
/// Tells clients on this machine, and whoever reads the log, where the silo is. Started after the silo, so that it
/// takes calls by then.
/// </summary>
internal sealed partial class SiloAnnouncement(
    SiloConfiguration configuration,
    WorkflowsBuilder workflows,
    ILogger<SiloAnnouncement> logger) : IHostedService
{
    private readonly ILogger _logger = logger;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var endpoints = configuration.Endpoints;
        if (configuration.Folder is { } folder)
        {
            EmbeddedSilo.Announce(folder.Path, endpoints.GatewayEndpoint);
            LogEmbeddedReady(folder.Path, endpoints.GatewayEndpoint, endpoints.HealthEndpoint);
        }
        else
        {
            LogMemberReady(
                configuration.Options.ClusterId,
                PostgresConnectionString.NameOf(configuration.ConnectionString!),
                endpoints.GatewayEndpoint,
                endpoints.HealthEndpoint);
        }

        if (!IPAddress.IsLoopback(endpoints.Address))
        {
            LogOpenPorts(endpoints.Address, endpoints.Silo, endpoints.Gateway);
        }

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

    [LoggerMessage(
        400040,
        LogLevel.Information,
        "The silo runs. Data folder: {DataFolder}. Clients: {Gateway}. Health: http://{Health}/health/ready"
    )]
    private partial void LogEmbeddedReady(string dataFolder, IPEndPoint gateway, IPEndPoint health);

    [LoggerMessage(400041, LogLevel.Information, "Process types: {Types}")]
    private partial void LogTypes(string types);

    [LoggerMessage(
        400042,
        LogLevel.Warning,
        "The silo has no process types, so it can run nothing. docs/getting-started.md shows how to add one."
    )]
    private partial void LogNoTypes();

    [LoggerMessage(
        400043,
        LogLevel.Information,
        "The silo runs as a member of the cluster '{ClusterId}' on PostgreSQL {Database}. Clients: {Gateway}. Health: "
        + "http://{Health}/health/ready"
    )]
    private partial void LogMemberReady(string clusterId, string database, IPEndPoint gateway, IPEndPoint health);

    [LoggerMessage(
        400044,
        LogLevel.Warning,
        "The silo listens on {Address}. Its ports {SiloPort} and {GatewayPort} have no authentication: let nobody but "
        + "silos and clients reach them."
    )]
    private partial void LogOpenPorts(IPAddress address, int siloPort, int gatewayPort);
}
