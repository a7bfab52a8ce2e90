using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.RandomPrograms.Planted;

/// <summary>A store with a bug.</summary>
/// <param name="inner">A store without.</param>
internal sealed class PlantedStore(IProcessStore inner) : IProcessStore
{
    /// <summary>Whether the children of a step come in the wrong order.</summary>
    public bool TurnsChildrenAround { get; init; }

    /// <summary>Whether the ends of children are not told.</summary>
    public bool LosesEnds { get; init; }

    /// <summary>Whether a signal that was taken in is delivered again after a reload.</summary>
    public bool ForgetsMarks { get; init; }

    public Task InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);

    public Task PingAsync(CancellationToken cancellationToken) => inner.PingAsync(cancellationToken);

    public Task<LoadedProcess?> LoadAsync(ProcessId id, CancellationToken cancellationToken) => inner.LoadAsync(id, cancellationToken);

    public Task<IReadOnlyList<InboxMessage>> ReadInboxAsync(ProcessId id, CancellationToken cancellationToken) => inner.ReadInboxAsync(id, cancellationToken);

    public Task<CommitResult> CommitAsync(ProcessCommit commit, CancellationToken cancellationToken)
    {
        var messages = LosesEnds ? [.. commit.Messages.Where(static message => message.Kind != MessageKind.ChildEnded)] : commit.Messages;
        return inner.CommitAsync(commit with { Messages = messages, Marks = ForgetsMarks ? [] : commit.Marks }, cancellationToken);
    }

    public Task<SendResult> SendAsync(InboxMessage message, CancellationToken cancellationToken) => inner.SendAsync(message, cancellationToken);

    public Task<MessageSeen?> ReadMessageAsync(ProcessId receiver, string messageId, CancellationToken cancellationToken) =>
        inner.ReadMessageAsync(receiver, messageId, cancellationToken);

    public async Task<IReadOnlyList<ChildRow>> ReadChildrenAsync(ProcessId parent, int step, CancellationToken cancellationToken)
    {
        var children = await inner.ReadChildrenAsync(parent, step, cancellationToken);
        return TurnsChildrenAround ? [.. children.Select((child, index) => children[^(index + 1)] with { Id = child.Id, Index = child.Index })] : children;
    }

    public Task<ProcessPage> ListAsync(ProcessQuery query, CancellationToken cancellationToken) => inner.ListAsync(query, cancellationToken);

    public Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(ProcessId id, long afterVersion, int limit, CancellationToken cancellationToken) =>
        inner.ReadHistoryAsync(id, afterVersion, limit, cancellationToken);

    public Task<IReadOnlyList<ReportEntry>> ReadReportsAsync(
        ProcessId id, bool tree, ReportLevel minimum, long afterSequence, int limit, CancellationToken cancellationToken) =>
        inner.ReadReportsAsync(id, tree, minimum, afterSequence, limit, cancellationToken);

    public Task<IReadOnlyList<DueProcess>> ScanDueAsync(
        SliceRange slices, DateTimeOffset dueAt, DueProcess? after, int limit, CancellationToken cancellationToken) =>
        inner.ScanDueAsync(slices, dueAt, after, limit, cancellationToken);

    public Task<IReadOnlyList<string>> ListOwnersAsync(CancellationToken cancellationToken) => inner.ListOwnersAsync(cancellationToken);

    public Task<IReadOnlyList<ProcessId>> ScanOwnedAsync(
        string owner, SliceRange slices, ProcessId? after, int limit, CancellationToken cancellationToken) =>
        inner.ScanOwnedAsync(owner, slices, after, limit, cancellationToken);

    public Task<IReadOnlyList<UnseenMessage>> ScanUnseenAsync(
        SliceRange slices, DateTimeOffset sentBefore, long afterSequence, int limit, CancellationToken cancellationToken) =>
        inner.ScanUnseenAsync(slices, sentBefore, afterSequence, limit, cancellationToken);

    public Task<LiveProcesses> CountLiveAsync(int limit, CancellationToken cancellationToken) => inner.CountLiveAsync(limit, cancellationToken);

    public Task<int> PurgeAsync(DateTimeOffset finishedBefore, int limit, CancellationToken cancellationToken) =>
        inner.PurgeAsync(finishedBefore, limit, cancellationToken);

    /// <summary>Does nothing: the store serves other silos.</summary>
    /// <returns>Completed.</returns>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
