using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Shared.Stores;

/// <summary>
/// What a silo sees of a store from which it is cut off at the n-th access, process by process: so one silo goes through every cut at once,
/// and another one, on the store itself, finds what it has left.
/// </summary>
/// <param name="inner">The store, which outlives this one.</param>
public sealed class CutOffProcessStore(IProcessStore inner) : IProcessStore
{
    private readonly ConcurrentDictionary<ProcessId, CutOffPlan> _plans = new();

    /// <summary>Says where a process is cut off. One without a plan never is.</summary>
    /// <param name="id">The process.</param>
    /// <param name="plan">Where.</param>
    public void Plan(ProcessId id, CutOffPlan plan) => _plans[id] = plan;

    public Task InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);

    public Task PingAsync(CancellationToken cancellationToken) => inner.PingAsync(cancellationToken);

    public Task<LoadedProcess?> LoadAsync(ProcessId id, CancellationToken cancellationToken) =>
        MakeAsync(id, () => inner.LoadAsync(id, cancellationToken));

    public Task<IReadOnlyList<InboxMessage>> ReadInboxAsync(ProcessId id, CancellationToken cancellationToken) =>
        MakeAsync(id, () => inner.ReadInboxAsync(id, cancellationToken));

    public Task<CommitResult> CommitAsync(ProcessCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        return MakeAsync(
            commit.Row.Id,
            () => inner.CommitAsync(commit, cancellationToken),
            static () => Task.FromResult(CommitResult.Failed(CommitStatus.Unavailable, "The silo is cut off.")));
    }

    public Task<SendResult> SendAsync(InboxMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return MakeAsync(message.Receiver, () => inner.SendAsync(message, cancellationToken));
    }

    public Task<MessageSeen?> ReadMessageAsync(ProcessId receiver, string messageId, CancellationToken cancellationToken) =>
        MakeAsync(receiver, () => inner.ReadMessageAsync(receiver, messageId, cancellationToken));

    public Task<IReadOnlyList<ChildRow>> ReadChildrenAsync(ProcessId parent, int step, CancellationToken cancellationToken) =>
        MakeAsync(parent, () => inner.ReadChildrenAsync(parent, step, cancellationToken));

    public Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(ProcessId id, long afterVersion, int limit, CancellationToken cancellationToken) =>
        MakeAsync(id, () => inner.ReadHistoryAsync(id, afterVersion, limit, cancellationToken));

    public Task<IReadOnlyList<ReportEntry>> ReadReportsAsync(
        ProcessId id, bool tree, ReportLevel minimum, long afterSequence, int limit, CancellationToken cancellationToken) =>
        MakeAsync(id, () => inner.ReadReportsAsync(id, tree, minimum, afterSequence, limit, cancellationToken));

    public Task<ProcessPage> ListAsync(ProcessQuery query, CancellationToken cancellationToken) => inner.ListAsync(query, cancellationToken);

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

    /// <summary>Does nothing: the store outlives the silo.</summary>
    /// <returns>Completed.</returns>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<T> MakeAsync<T>(ProcessId id, Func<Task<T>> carryOut, Func<Task<T>>? refuse = null, [CallerMemberName] string method = "") =>
        _plans.TryGetValue(id, out var plan) && (plan.Only is null || plan.Only == method)
            ? plan.MakeAsync(carryOut, refuse ?? (static () => Task.FromException<T>(new StoreUnavailableException("The silo is cut off."))))
            : carryOut();
}
