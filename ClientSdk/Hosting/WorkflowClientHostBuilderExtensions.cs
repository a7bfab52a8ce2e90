using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Workflows;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.ClientSdk;
using Orleans.Workflows.ClientSdk.Connecting;

namespace Orleans.Hosting;

/// <summary>Makes a host a client of a cluster.</summary>
public static class WorkflowClientHostBuilderExtensions
{
    /// <summary>
    /// Connects the host to a cluster, and adds <see cref="IProcessClient"/>. The connection is made in the background,
    /// however long that takes: the host's start does not wait for it. Calls do, and fail with
    /// <c>WorkflowUnavailableException</c> when their time is over. The health check 'orleans-workflows', with the tag
    /// 'ready', says what is missing, and so does the log: once, then once a minute, and when it is over.
    /// </summary>
    /// <remarks>
    /// The check is Degraded while the cluster is away, and not Unhealthy: the service itself is well, and must not be
    /// started again for the outage of another. A readiness probe that is to fail maps Degraded to 503. What uses
    /// Orleans' own <c>IClusterClient</c> of this host comes after the connection by itself.
    /// </remarks>
    /// <param name="builder">The host.</param>
    /// <param name="configure">
    /// Says where the cluster is; null for that of the connection string 'Workflows', or else the embedded silo that
    /// runs on this machine.
    /// </param>
    /// <returns>The host.</returns>
    /// <exception cref="ArgumentException">
    /// The options name several addresses, or the connection string cannot be read.
    /// </exception>
    public static IHostApplicationBuilder AddWorkflowClient(
        this IHostApplicationBuilder builder,
        Action<WorkflowClientOptions>? configure = null)
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
            client.Services.AddSingleton<ConnectionState>();
            client.Services.AddSingleton<ClusterAwaited>();
            client.Services.AddSingleton<IClientConnectionRetryFilter>(static services =>
                services.GetRequiredService<ClusterAwaited>());
            ConnectInBackground(client.Services);
        });
        builder.Services.AddQuietLogging();
        builder.Services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>, QuietConnections>();
        builder.Services.AddWorkflowClient(configure);
        return builder;
    }

    private static void ConnectInBackground(IServiceCollection services)
    {
        // Orleans' client is a hosted service of its own, by a factory of its assembly: its start is the connector's to
        // make.
        var own = services.Where(static service => service.ServiceType == typeof(IHostedService)
            && !service.IsKeyedService
            && service.ImplementationFactory?.Method.Module.Assembly == typeof(ClientBuilder).Assembly).ToList();
        own.ForEach(service => services.Remove(service));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ClusterConnector>());
        if (services.Any(static service => service.ServiceType == typeof(ClusterHealthCheck)))
        {
            return;
        }

        services.AddSingleton<ClusterHealthCheck>();
        services.AddHealthChecks()
            .AddCheck<ClusterHealthCheck>(ClusterHealthCheck.Name, HealthStatus.Degraded, ["ready"]);
    }
}
