using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Testing;

/// <summary>
/// Passes everything on to another store: for stores of a test that change one thing, such as a fault or a record of
/// what is written.
/// </summary>
/// <param name="inner">The other store. It outlives this one.</param>
public abstract class DelegatingProcessStore(IProcessStore inner) : IProcessStore
{
    /// <summary>The other store.</summary>
    protected IProcessStore Inner => inner;

    /// <inheritdoc/>
    public virtual string? Overload => inner.Overload;

    /// <inheritdoc/>
    public virtual TimeSpan WriteTime => inner.WriteTime;

    /// <inheritdoc/>
    public virtual TimeSpan Silence => inner.Silence;

    /// <inheritdoc/>
    public virtual Task InitializeAsync(CancellationToken cancellationToken) =>
        inner.InitializeAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual Task PingAsync(CancellationToken cancellationToken) => inner.PingAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual Task<LoadedProcess?> LoadAsync(ProcessId id, CancellationToken cancellationToken) =>
        inner.LoadAsync(id, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<LoadedProcess?> ReadAsync(ProcessId id, CancellationToken cancellationToken) =>
        inner.ReadAsync(id, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ProcessRow?> ReadRowAsync(ProcessId id, CancellationToken cancellationToken) =>
        inner.ReadRowAsync(id, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ProcessHead?> ReadHeadAsync(ProcessId id, CancellationToken cancellationToken) =>
        inner.ReadHeadAsync(id, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<InboxMessage>> ReadInboxAsync(
        ProcessId id,
        CancellationToken cancellationToken) => inner.ReadInboxAsync(id, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<CommitResult> CommitAsync(ProcessCommit commit, CancellationToken cancellationToken) =>
        inner.CommitAsync(commit, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<SendResult> SendAsync(InboxMessage message, CancellationToken cancellationToken) =>
        inner.SendAsync(message, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<MessageSeen?> ReadMessageAsync(
        ProcessId receiver,
        string messageId,
        CancellationToken cancellationToken) => inner.ReadMessageAsync(receiver, messageId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<ChildRow>> ReadChildrenAsync(
        ProcessId parent,
        int step,
        CancellationToken cancellationToken) => inner.ReadChildrenAsync(parent, step, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ProcessPage> ListAsync(ProcessQuery query, CancellationToken cancellationToken) =>
        inner.ListAsync(query, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(
        ProcessId id,
        long afterVersion,
        int limit,
        CancellationToken cancellationToken) => inner.ReadHistoryAsync(id, afterVersion, limit, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<ReportEntry>> ReadReportsAsync(
        ProcessId id,
        bool tree,
        ReportLevel minimum,
        long afterSequence,
        int limit,
        CancellationToken cancellationToken
    ) => inner.ReadReportsAsync(id, tree, minimum, afterSequence, limit, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<DueProcess>> ScanDueAsync(
        SliceRange slices, DateTimeOffset dueAt, DueProcess? after, int limit, CancellationToken cancellationToken) =>
        inner.ScanDueAsync(slices, dueAt, after, limit, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<string>> ListOwnersAsync(CancellationToken cancellationToken) =>
        inner.ListOwnersAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<OwnedProcess>> ScanOwnedAsync(
        string owner, SliceRange slices, ProcessId? after, int limit, CancellationToken cancellationToken) =>
        inner.ScanOwnedAsync(owner, slices, after, limit, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<UnseenMessage>> ScanUnseenAsync(
        SliceRange slices,
        DateTimeOffset sentBefore,
        long afterSequence,
        int limit,
        CancellationToken cancellationToken
    ) => inner.ScanUnseenAsync(slices, sentBefore, afterSequence, limit, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<LiveProcesses> CountLiveAsync(int limit, CancellationToken cancellationToken) =>
        inner.CountLiveAsync(limit, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<int> PurgeAsync(
        DateTimeOffset finishedBefore,
        int limit,
        CancellationToken cancellationToken) => inner.PurgeAsync(finishedBefore, limit, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<int> EndSessionsAsync(IReadOnlyCollection<string> silos, CancellationToken cancellationToken) =>
        inner.EndSessionsAsync(silos, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<string?> FindLockAsync(ProcessId id, CancellationToken cancellationToken) =>
        inner.FindLockAsync(id, cancellationToken);

    /// <summary>Does nothing: the other store may serve other silos.</summary>
    /// <returns>Completed.</returns>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
