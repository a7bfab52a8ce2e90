using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Cluster.Edge;

/// <summary>Is told, and does nothing.</summary>
internal sealed class DeafObserver : IProcessObserver
{
    /// <inheritdoc/>
    public Task EndedAsync(ProcessOutcome outcome) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task MovedAsync(ProcessId id) => Task.CompletedTask;
}
