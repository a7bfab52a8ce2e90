using System.Collections.Concurrent;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Cluster;

/// <summary>Refuses commits and messages for good, as a database does whose rules they break.</summary>
/// <param name="inner">The store.</param>
internal sealed class RefusingProcessStore(IProcessStore inner) : DelegatingProcessStore(inner)
{
    /// <summary>Which commits are refused.</summary>
    public Func<ProcessCommit, bool> Refuses { get; set; } = static _ => false;

    /// <summary>What was refused.</summary>
    public ConcurrentQueue<ProcessCommit> Refused { get; } = [];

    /// <inheritdoc/>
    public override Task<CommitResult> CommitAsync(ProcessCommit commit, CancellationToken cancellationToken)
    {
        if (!Refuses(commit))
        {
            return base.CommitAsync(commit, cancellationToken);
        }

        Refused.Enqueue(commit);
        return Task.FromResult(CommitResult.Failed(CommitStatus.Rejected, "a rule of the test"));
    }
}
