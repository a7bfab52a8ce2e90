using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.ClientSdk;

namespace Orleans.Hosting;

/// <summary>Makes a host a client of a cluster.</summary>
public static class WorkflowClientHostBuilderExtensions
{
    /// <summary>Connects the host to a cluster when it starts, and adds <see cref="IProcessClient"/>.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="configure">Says where the cluster is; null for the embedded silo in the default data folder.</param>
    /// <returns>The host.</returns>
    /// <exception cref="WorkflowUnavailableException">No gateway is named, and no embedded silo has run in the data folder.</exception>
    public static IHostApplicationBuilder AddWorkflowClient(this IHostApplicationBuilder builder, Action<WorkflowClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new WorkflowClientOptions();
        configure?.Invoke(options);
        IPEndPoint[] gateways = options.Gateways.Count > 0 ? [.. options.Gateways] : [EmbeddedSilo.Find(options.DataFolder ?? EmbeddedSilo.DefaultDataFolder)];
        builder.UseOrleansClient(client =>
        {
            client.UseStaticClustering(gateways);
            client.Configure<ClusterOptions>(cluster =>
            {
                cluster.ClusterId = options.ClusterId;
                cluster.ServiceId = options.ServiceId;
            });
            client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = options.ResponseTimeout);
        });
        builder.Services.AddWorkflowClient(configure);
        return builder;
    }
}
