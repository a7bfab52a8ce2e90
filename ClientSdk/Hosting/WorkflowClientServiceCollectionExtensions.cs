using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Workflows;
using Orleans.Workflows.ClientSdk;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the client to a service.</summary>
public static class WorkflowClientServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IProcessClient"/> to a service that is a silo, or an Orleans client already.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets how patient the client is; null for the defaults.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddWorkflowClient(
        this IServiceCollection services,
        Action<WorkflowClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddLogging();
        services.AddOptions<WorkflowClientOptions>()
            .Validate(
                static options =>
                    options.ResponseTimeout >= TimeSpan.FromMilliseconds(100)
                    && options.ResponseTimeout <= TimeSpan.FromMinutes(5),
                "WorkflowClientOptions.ResponseTimeout must be 100 milliseconds to 5 minutes.")
            .Validate(
                static options =>
                    (
                        options.OperationTimeout >= TimeSpan.FromSeconds(1)
                        && options.OperationTimeout <= TimeSpan.FromDays(1))
                    || options.OperationTimeout == Timeout.InfiniteTimeSpan,
                "WorkflowClientOptions.OperationTimeout must be 1 second to 1 day, or infinite.")
            .Validate(
                static options =>
                    (options.OverloadTimeout >= TimeSpan.Zero && options.OverloadTimeout <= TimeSpan.FromDays(1))
                    || options.OverloadTimeout == Timeout.InfiniteTimeSpan,
                "WorkflowClientOptions.OverloadTimeout must be zero to 1 day, or infinite.");
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton<ClusterCalls>();
        services.TryAddSingleton<IProcessClient, ProcessClient>();
        return services;
    }
}
