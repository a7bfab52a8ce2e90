using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Benchmarks.Scale;

/// <summary>A silo's store, which tells of each commit as soon as it is durable.</summary>
/// <param name="inner">The store.</param>
/// <param name="committed">Is told the row that was committed; from any thread.</param>
internal sealed class ObservedStore(IProcessStore inner, Action<ProcessRow> committed) : IProcessStore
{
    /// <inheritdoc/>
    public Task InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);

    /// <inheritdoc/>
    public Task PingAsync(CancellationToken cancellationToken) => inner.PingAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<LoadedProcess?> LoadAsync(ProcessId id, CancellationToken cancellationToken) => inner.LoadAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<InboxMessage>> ReadInboxAsync(ProcessId id, CancellationToken cancellationToken) => inner.ReadInboxAsync(id, cancellationToken);

    /// <inheritdoc/>
    public async Task<CommitResult> CommitAsync(ProcessCommit commit, CancellationToken cancellationToken)
    {
        var result = await inner.CommitAsync(commit, cancellationToken);
        if (result.Status == CommitStatus.Done)
        {
            committed(commit.Row);
        }

        return result;
    }

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(InboxMessage message, CancellationToken cancellationToken) => inner.SendAsync(message, cancellationToken);

    /// <inheritdoc/>
    public Task<MessageSeen?> ReadMessageAsync(ProcessId receiver, string messageId, CancellationToken cancellationToken) =>
        inner.ReadMessageAsync(receiver, messageId, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ChildRow>> ReadChildrenAsync(ProcessId parent, int step, CancellationToken cancellationToken) =>
        inner.ReadChildrenAsync(parent, step, cancellationToken);

    /// <inheritdoc/>
    public Task<ProcessPage> ListAsync(ProcessQuery query, CancellationToken cancellationToken) => inner.ListAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(ProcessId id, long afterVersion, int limit, CancellationToken cancellationToken) =>
        inner.ReadHistoryAsync(id, afterVersion, limit, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReportEntry>> ReadReportsAsync(
        ProcessId id, bool tree, ReportLevel minimum, long afterSequence, int limit, CancellationToken cancellationToken) =>
        inner.ReadReportsAsync(id, tree, minimum, afterSequence, limit, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DueProcess>> ScanDueAsync(
        SliceRange slices, DateTimeOffset dueAt, DueProcess? after, int limit, CancellationToken cancellationToken) =>
        inner.ScanDueAsync(slices, dueAt, after, limit, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListOwnersAsync(CancellationToken cancellationToken) => inner.ListOwnersAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ProcessId>> ScanOwnedAsync(
        string owner, SliceRange slices, ProcessId? after, int limit, CancellationToken cancellationToken) =>
        inner.ScanOwnedAsync(owner, slices, after, limit, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<UnseenMessage>> ScanUnseenAsync(
        SliceRange slices, DateTimeOffset sentBefore, long afterSequence, int limit, CancellationToken cancellationToken) =>
        inner.ScanUnseenAsync(slices, sentBefore, afterSequence, limit, cancellationToken);

    /// <inheritdoc/>
    public Task<LiveProcesses> CountLiveAsync(int limit, CancellationToken cancellationToken) => inner.CountLiveAsync(limit, cancellationToken);

    /// <inheritdoc/>
    public Task<int> PurgeAsync(DateTimeOffset finishedBefore, int limit, CancellationToken cancellationToken) =>
        inner.PurgeAsync(finishedBefore, limit, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
