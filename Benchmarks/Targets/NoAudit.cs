using Orleans.Workflows.Benchmarks.Load;

namespace Orleans.Workflows.Benchmarks.Targets;

/// <summary>The baseline has no rows of processes; its grains tell the client how often they wrote.</summary>
internal sealed class NoAudit : IAudit
{
    /// <inheritdoc/>
    public Task<long?> CommitsAsync(LoadPlan plan, CancellationToken cancellationToken) => Task.FromResult<long?>(null);
}
