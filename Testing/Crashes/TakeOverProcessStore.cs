using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Testing;

/// <summary>What the silo sees that takes over: the trees from which the first one is cut off, as it would if that one had died.</summary>
/// <param name="inner">The store.</param>
/// <param name="first">What the first silo sees of it.</param>
internal sealed class TakeOverProcessStore(IProcessStore inner, CutOffProcessStore first) : IProcessStore
{
    public Task InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);

    public Task PingAsync(CancellationToken cancellationToken) => inner.PingAsync(cancellationToken);

    public Task<LoadedProcess?> LoadAsync(ProcessId id, CancellationToken cancellationToken) => inner.LoadAsync(id, cancellationToken);

    public Task<IReadOnlyList<InboxMessage>> ReadInboxAsync(ProcessId id, CancellationToken cancellationToken) => inner.ReadInboxAsync(id, cancellationToken);

    public Task<CommitResult> CommitAsync(ProcessCommit commit, CancellationToken cancellationToken) => inner.CommitAsync(commit, cancellationToken);

    public Task<SendResult> SendAsync(InboxMessage message, CancellationToken cancellationToken) => inner.SendAsync(message, cancellationToken);

    public Task<MessageSeen?> ReadMessageAsync(ProcessId receiver, string messageId, CancellationToken cancellationToken) =>
        inner.ReadMessageAsync(receiver, messageId, cancellationToken);

    public Task<IReadOnlyList<ChildRow>> ReadChildrenAsync(ProcessId parent, int step, CancellationToken cancellationToken) =>
        inner.ReadChildrenAsync(parent, step, cancellationToken);

    public Task<ProcessPage> ListAsync(ProcessQuery query, CancellationToken cancellationToken) => inner.ListAsync(query, cancellationToken);

    public Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(ProcessId id, long afterVersion, int limit, CancellationToken cancellationToken) =>
        inner.ReadHistoryAsync(id, afterVersion, limit, cancellationToken);

    public Task<IReadOnlyList<ReportEntry>> ReadReportsAsync(
        ProcessId id, bool tree, ReportLevel minimum, long afterSequence, int limit, CancellationToken cancellationToken) =>
        inner.ReadReportsAsync(id, tree, minimum, afterSequence, limit, cancellationToken);

    public async Task<IReadOnlyList<DueProcess>> ScanDueAsync(
        SliceRange slices, DateTimeOffset dueAt, DueProcess? after, int limit, CancellationToken cancellationToken) =>
        [.. (await inner.ScanDueAsync(slices, dueAt, after, int.MaxValue, cancellationToken).ConfigureAwait(false)).Where(due => IsHere(due.Id)).Take(limit)];

    public Task<IReadOnlyList<string>> ListOwnersAsync(CancellationToken cancellationToken) => inner.ListOwnersAsync(cancellationToken);

    public async Task<IReadOnlyList<ProcessId>> ScanOwnedAsync(
        string owner, SliceRange slices, ProcessId? after, int limit, CancellationToken cancellationToken) =>
        [.. (await inner.ScanOwnedAsync(owner, slices, after, int.MaxValue, cancellationToken).ConfigureAwait(false)).Where(IsHere).Take(limit)];

    public async Task<IReadOnlyList<UnseenMessage>> ScanUnseenAsync(
        SliceRange slices, DateTimeOffset sentBefore, long afterSequence, int limit, CancellationToken cancellationToken) =>
        [.. (await inner.ScanUnseenAsync(slices, sentBefore, afterSequence, int.MaxValue, cancellationToken).ConfigureAwait(false)).Where(message => IsHere(message.Receiver)).Take(limit)];

    public Task<LiveProcesses> CountLiveAsync(int limit, CancellationToken cancellationToken) => inner.CountLiveAsync(limit, cancellationToken);

    public Task<int> PurgeAsync(DateTimeOffset finishedBefore, int limit, CancellationToken cancellationToken) => inner.PurgeAsync(finishedBefore, limit, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private bool IsHere(ProcessId id) => first.PlanOf(id) is { Cut.IsCompleted: true };
}
