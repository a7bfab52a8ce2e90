using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.ClientSdk;
using Orleans.Workflows.ClientSdk.Connecting;

namespace Orleans.Hosting;

/// <summary>Makes a host a client of a cluster.</summary>
public static class WorkflowClientHostBuilderExtensions
{
    /// <summary>
    /// Connects the host to a cluster when it starts, and adds <see cref="IProcessClient"/>. A host that starts before its cluster waits for it
    /// until its start is cancelled, and logs why. The start fails with <c>WorkflowUnavailableException</c> when the database refuses the user.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="configure">Says where the cluster is; null for that of the connection string 'Workflows', or else the embedded silo that runs on this machine.</param>
    /// <returns>The host.</returns>
    /// <exception cref="ArgumentException">The options name several addresses, or the connection string cannot be read.</exception>
    public static IHostApplicationBuilder AddWorkflowClient(this IHostApplicationBuilder builder, Action<WorkflowClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new WorkflowClientOptions();
        configure?.Invoke(options);
        var address = ClusterAddress.Choose(options, builder.Configuration);
        builder.UseOrleansClient(client =>
        {
            address.Configure(client);
            ClientTimings.Apply(client);
            client.Configure<ClusterOptions>(cluster =>
            {
                cluster.ClusterId = options.ClusterId;
                cluster.ServiceId = options.ServiceId;
            });
            client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = options.ResponseTimeout);
            client.Services.AddSingleton(address);
            client.Services.AddSingleton<IClientConnectionRetryFilter, ClusterAwaited>();
        });
        builder.Services.AddQuietLogging();
        builder.Services.AddWorkflowClient(configure);
        return builder;
    }
}
