using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Workflows.ClientSdk;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the client to a service.</summary>
public static class WorkflowClientServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IProcessClient"/> to a service that is a silo, or an Orleans client already.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets how patient the client is; null for the defaults.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddWorkflowClient(this IServiceCollection services, Action<WorkflowClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<WorkflowClientOptions>();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton<ClusterCalls>();
        services.TryAddSingleton<IProcessClient, ProcessClient>();
        return services;
    }
}
