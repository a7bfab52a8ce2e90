using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.Memory;

namespace Orleans.Workflows.RandomPrograms.Running;

/// <summary>The watched store as an engine's store.</summary>
/// <param name="watched">The store.</param>
internal sealed class WatchingStore(WatchedStore watched) : IProcessStore
{
    private readonly MemoryProcessStore _inner = watched.Inner;

    public Task InitializeAsync(CancellationToken cancellationToken) => _inner.InitializeAsync(cancellationToken);

    public Task PingAsync(CancellationToken cancellationToken) => _inner.PingAsync(cancellationToken);

    public Task<LoadedProcess?> LoadAsync(ProcessId id, CancellationToken cancellationToken) => _inner.LoadAsync(id, cancellationToken);

    public Task<IReadOnlyList<InboxMessage>> ReadInboxAsync(ProcessId id, CancellationToken cancellationToken) => _inner.ReadInboxAsync(id, cancellationToken);

    public Task<CommitResult> CommitAsync(ProcessCommit commit, CancellationToken cancellationToken) => Task.FromResult(watched.Commit(commit));

    public Task<SendResult> SendAsync(InboxMessage message, CancellationToken cancellationToken) => _inner.SendAsync(message, cancellationToken);

    public Task<MessageSeen?> ReadMessageAsync(ProcessId receiver, string messageId, CancellationToken cancellationToken) =>
        _inner.ReadMessageAsync(receiver, messageId, cancellationToken);

    public Task<IReadOnlyList<ChildRow>> ReadChildrenAsync(ProcessId parent, int step, CancellationToken cancellationToken) =>
        _inner.ReadChildrenAsync(parent, step, cancellationToken);

    public Task<ProcessPage> ListAsync(ProcessQuery query, CancellationToken cancellationToken) => _inner.ListAsync(query, cancellationToken);

    public Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(ProcessId id, long afterVersion, int limit, CancellationToken cancellationToken) =>
        _inner.ReadHistoryAsync(id, afterVersion, limit, cancellationToken);

    public Task<IReadOnlyList<ReportEntry>> ReadReportsAsync(
        ProcessId id, bool tree, ReportLevel minimum, long afterSequence, int limit, CancellationToken cancellationToken) =>
        _inner.ReadReportsAsync(id, tree, minimum, afterSequence, limit, cancellationToken);

    public Task<IReadOnlyList<DueProcess>> ScanDueAsync(
        SliceRange slices, DateTimeOffset dueAt, DueProcess? after, int limit, CancellationToken cancellationToken) =>
        _inner.ScanDueAsync(slices, dueAt, after, limit, cancellationToken);

    public Task<IReadOnlyList<string>> ListOwnersAsync(CancellationToken cancellationToken) => _inner.ListOwnersAsync(cancellationToken);

    public Task<IReadOnlyList<ProcessId>> ScanOwnedAsync(
        string owner, SliceRange slices, ProcessId? after, int limit, CancellationToken cancellationToken) =>
        _inner.ScanOwnedAsync(owner, slices, after, limit, cancellationToken);

    public Task<IReadOnlyList<UnseenMessage>> ScanUnseenAsync(
        SliceRange slices, DateTimeOffset sentBefore, long afterSequence, int limit, CancellationToken cancellationToken) =>
        _inner.ScanUnseenAsync(slices, sentBefore, afterSequence, limit, cancellationToken);

    public Task<LiveProcesses> CountLiveAsync(int limit, CancellationToken cancellationToken) => _inner.CountLiveAsync(limit, cancellationToken);

    public Task<int> PurgeAsync(DateTimeOffset finishedBefore, int limit, CancellationToken cancellationToken) =>
        _inner.PurgeAsync(finishedBefore, limit, cancellationToken);

    /// <summary>Does nothing: the store serves other silos.</summary>
    /// <returns>Completed.</returns>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
