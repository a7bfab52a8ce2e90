using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Benchmarks.Scale;

/// <summary>A silo's store, which tells of each commit as soon as it is durable.</summary>
/// <param name="inner">The store.</param>
/// <param name="committed">Is told the row that was committed; from any thread.</param>
internal sealed class ObservedStore(IProcessStore inner, Action<ProcessRow> committed) : DelegatingProcessStore(inner)
{
    /// <inheritdoc/>
    public override async Task<CommitResult> CommitAsync(ProcessCommit commit, CancellationToken cancellationToken)
    {
        var result = await Inner.CommitAsync(commit, cancellationToken);
        if (result.Status == CommitStatus.Done)
        {
            committed(commit.Row);
        }

        return result;
    }

    /// <summary>Closes the silo's store, which nobody else has.</summary>
    /// <returns>Completes when it is closed.</returns>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Inner.DisposeAsync();
    }
}
