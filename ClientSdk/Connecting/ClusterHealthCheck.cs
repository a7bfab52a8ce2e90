using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Orleans.Workflows.ClientSdk.Connecting;

/// <summary>Healthy while the client can reach its cluster; otherwise it says what is missing.</summary>
internal sealed class ClusterHealthCheck(ClusterAddress address, ConnectionState state) : IHealthCheck
{
    /// <summary>The check's name among those of the host.</summary>
    public const string Name = "orleans-workflows";

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken) =>
        Task.FromResult(
            state.Missing is { } missing
                ? new HealthCheckResult(
                    context.Registration.FailureStatus,
                    $"The client cannot reach its cluster, {address}: {missing}")
                : HealthCheckResult.Healthy($"The client is connected to {address}."));
}
