using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.RandomPrograms.Running;

/// <summary>The watched store as an engine's store.</summary>
/// <param name="watched">The store.</param>
internal sealed class WatchingStore(WatchedStore watched) : DelegatingProcessStore(watched.Inner)
{
    public override Task<CommitResult> CommitAsync(ProcessCommit commit, CancellationToken cancellationToken) =>
        Task.FromResult(watched.Commit(commit));
}
