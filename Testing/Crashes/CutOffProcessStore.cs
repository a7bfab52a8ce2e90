using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Testing;

/// <summary>
/// What a silo sees of a store from which it is cut off at the n-th access, tree by tree: so one silo goes through
/// every cut at once, and another one, on the same store, finds what it has left. It can also be cut off as a whole,
/// which makes a crash of its stop.
/// </summary>
/// <param name="inner">The store, which outlives this one.</param>
public sealed class CutOffProcessStore(IProcessStore inner) : DelegatingProcessStore(inner)
{
    private readonly ConcurrentDictionary<ProcessId, CutOffPlan> _plans = new();
    private readonly ConcurrentDictionary<ProcessId, ProcessId> _roots = new();
    private volatile bool _isCutOff;

    /// <summary>
    /// Says where a process is cut off, and as a rule its descendants with it. One without a plan never is.
    /// </summary>
    /// <param name="id">The process; the root of a tree, if its descendants are to be cut off with it.</param>
    /// <param name="plan">Where.</param>
    public void Plan(ProcessId id, CutOffPlan plan) => _plans[id] = plan;

    /// <summary>Cuts the silo off from all processes, for ever: from now on the store is unavailable to it.</summary>
    public void CutOff() => _isCutOff = true;

    /// <inheritdoc/>
    public override Task PingAsync(CancellationToken cancellationToken) => Of(() => Inner.PingAsync(cancellationToken));

    /// <inheritdoc/>
    public override Task<LoadedProcess?> LoadAsync(ProcessId id, CancellationToken cancellationToken) =>
        MakeAsync(id, () => Inner.LoadAsync(id, cancellationToken));

    /// <inheritdoc/>
    public override Task<LoadedProcess?> ReadAsync(ProcessId id, CancellationToken cancellationToken) =>
        MakeAsync(id, () => Inner.ReadAsync(id, cancellationToken));

    /// <inheritdoc/>
    public override Task<ProcessRow?> ReadRowAsync(ProcessId id, CancellationToken cancellationToken) =>
        MakeAsync(id, () => Inner.ReadRowAsync(id, cancellationToken));

    /// <inheritdoc/>
    public override Task<ProcessHead?> ReadHeadAsync(ProcessId id, CancellationToken cancellationToken) =>
        MakeAsync(id, () => Inner.ReadHeadAsync(id, cancellationToken));

    /// <inheritdoc/>
    public override Task<IReadOnlyList<InboxMessage>> ReadInboxAsync(
        ProcessId id,
        CancellationToken cancellationToken) => MakeAsync(id, () => Inner.ReadInboxAsync(id, cancellationToken));

    /// <inheritdoc/>
    public override Task<CommitResult> CommitAsync(ProcessCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        foreach (var row in commit.Children.Prepend(commit.Row))
        {
            _roots[row.Id] = row.Root;
        }

        return MakeAsync(
            commit.Row.Id,
            () => Inner.CommitAsync(commit, cancellationToken),
            static () => Task.FromResult(CommitResult.Failed(CommitStatus.Unavailable, "The silo is cut off.")),
            $"of version {commit.Row.Version}, {commit.Row.State}: "
            + $"{string.Join(", ", commit.History.Select(static e => e.Text is null ? $"{e.Kind}" : $"{e.Kind} {e.Text}"))}"
        );
    }

    /// <inheritdoc/>
    public override Task<SendResult> SendAsync(InboxMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return MakeAsync(
            message.Receiver,
            () => Inner.SendAsync(message, cancellationToken),
            detail: $"of {message.Kind} {message.Name}");
    }

    /// <inheritdoc/>
    public override Task<MessageSeen?> ReadMessageAsync(
        ProcessId receiver,
        string messageId,
        CancellationToken cancellationToken
    ) => MakeAsync(receiver, () => Inner.ReadMessageAsync(receiver, messageId, cancellationToken));

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ChildRow>> ReadChildrenAsync(
        ProcessId parent,
        int step,
        CancellationToken cancellationToken
    ) => MakeAsync(parent, () => Inner.ReadChildrenAsync(parent, step, cancellationToken));

    /// <inheritdoc/>
    public override Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(
        ProcessId id,
        long afterVersion,
        int limit,
        CancellationToken cancellationToken
    ) => MakeAsync(id, () => Inner.ReadHistoryAsync(id, afterVersion, limit, cancellationToken));

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ReportEntry>> ReadReportsAsync(
        ProcessId id,
        bool tree,
        ReportLevel minimum,
        long afterSequence,
        int limit,
        CancellationToken cancellationToken
    ) => MakeAsync(id, () => Inner.ReadReportsAsync(id, tree, minimum, afterSequence, limit, cancellationToken));

    /// <inheritdoc/>
    public override Task<ProcessPage> ListAsync(ProcessQuery query, CancellationToken cancellationToken) =>
        Of(() => Inner.ListAsync(query, cancellationToken));

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<DueProcess>> ScanDueAsync(
        SliceRange slices,
        DateTimeOffset dueAt,
        DueProcess? after,
        int limit,
        CancellationToken cancellationToken) =>
        Seen(
            await Of(() => Inner.ScanDueAsync(slices, dueAt, after, int.MaxValue, cancellationToken))
                .ConfigureAwait(false),
            static due => due.Id,
            limit);

    /// <inheritdoc/>
    public override Task<IReadOnlyList<string>> ListOwnersAsync(CancellationToken cancellationToken) =>
        Of(() => Inner.ListOwnersAsync(cancellationToken));

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<OwnedProcess>> ScanOwnedAsync(
        string owner,
        SliceRange slices,
        ProcessId? after,
        int limit,
        CancellationToken cancellationToken) =>
        Seen(
            await Of(() => Inner.ScanOwnedAsync(owner, slices, after, int.MaxValue, cancellationToken))
                .ConfigureAwait(false),
            static owned => owned.Id,
            limit);

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<UnseenMessage>> ScanUnseenAsync(
        SliceRange slices,
        DateTimeOffset sentBefore,
        long afterSequence,
        int limit,
        CancellationToken cancellationToken) =>
        Seen(
            await Of(() => Inner.ScanUnseenAsync(slices, sentBefore, afterSequence, int.MaxValue, cancellationToken))
                .ConfigureAwait(false),
            static message => message.Receiver,
            limit);

    /// <inheritdoc/>
    public override Task<LiveProcesses> CountLiveAsync(int limit, CancellationToken cancellationToken) =>
        Of(() => Inner.CountLiveAsync(limit, cancellationToken));

    /// <inheritdoc/>
    public override Task<int> PurgeAsync(
        DateTimeOffset finishedBefore,
        int limit,
        CancellationToken cancellationToken) => Of(() => Inner.PurgeAsync(finishedBefore, limit, cancellationToken));

    /// <summary>The plan of a process, or of the tree that it is in.</summary>
    /// <param name="id">The process.</param>
    /// <returns>The plan; null when there is none.</returns>
    internal CutOffPlan? PlanOf(ProcessId id) => _plans.TryGetValue(id, out var own) ? own
        : _plans.TryGetValue(RootOf(id), out var whole) && whole.WithDescendants ? whole
        : null;

    /// <summary>
    /// The root of a process's tree: as it was committed, or as the ids that the engine gives to children say.
    /// </summary>
    private ProcessId RootOf(ProcessId id) => _roots.TryGetValue(id, out var root) ? root
        : id.Value.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? ProcessId.Parse(id.Value[..slash])
        : id;

    /// <summary>A silo that is cut off looks for nothing any more.</summary>
    private IReadOnlyList<T> Seen<T>(IReadOnlyList<T> found, Func<T, ProcessId> idOf, int limit) =>
        [.. found.Where(item => PlanOf(idOf(item)) is not { Cut.IsCompleted: true, Until: int.MaxValue }).Take(limit)];

    private Task<T> MakeAsync<T>(
        ProcessId id,
        Func<Task<T>> carryOut,
        Func<Task<T>>? refuse = null,
        string? detail = null,
        [CallerMemberName] string method = "")
    {
        if (Looking.IsOn)
        {
            return carryOut();
        }

        var unavailable = refuse ?? Refuse<T>;
        return _isCutOff ? unavailable()
            : PlanOf(id) is { } plan && (plan.Only is null || plan.Only == method)
                ? plan.MakeAsync(() => $"{method} {id} {detail}".TrimEnd(), carryOut, unavailable)
            : carryOut();
    }

    private TTask Of<TTask>(Func<TTask> carryOut)
        where TTask : Task => _isCutOff ? throw new StoreUnavailableException("The silo is cut off.") : carryOut();

    private static Task<T> Refuse<T>() => Task.FromException<T>(new StoreUnavailableException("The silo is cut off."));
}
