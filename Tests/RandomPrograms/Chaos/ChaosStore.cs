using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.RandomPrograms.Chaos;

/// <summary>
/// What one silo sees of the store that all share: errors, lost replies, and nothing more once it is cut off.
/// </summary>
/// <param name="inner">The store, which outlives this one.</param>
/// <param name="dice">Decides.</param>
public sealed class ChaosStore(IProcessStore inner, Dice dice) : DelegatingProcessStore(inner)
{
    private const double Chance = 0.01;

    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isCutOff;

    /// <summary>Cuts the silo off: no access is carried out or answered any more.</summary>
    public void CutOff() => _isCutOff = true;

    /// <summary>Ends the waits for replies that never come, when the silo is gone.</summary>
    public void End() => _end.TrySetException(new StoreUnavailableException("The silo is gone."));

    public override Task<LoadedProcess?> LoadAsync(ProcessId id, CancellationToken cancellationToken) =>
        CallAsync(() => Inner.LoadAsync(id, cancellationToken));

    public override Task<ProcessHead?> ReadHeadAsync(ProcessId id, CancellationToken cancellationToken) =>
        CallAsync(() => Inner.ReadHeadAsync(id, cancellationToken));

    public override Task<IReadOnlyList<InboxMessage>> ReadInboxAsync(
        ProcessId id,
        CancellationToken cancellationToken) => CallAsync(() => Inner.ReadInboxAsync(id, cancellationToken));

    public override async Task<CommitResult> CommitAsync(ProcessCommit commit, CancellationToken cancellationToken)
    {
        try
        {
            await ArriveAsync();
            if (dice.Falls(FaultKind.StoreError, Chance))
            {
                return CommitResult.Failed(CommitStatus.Unavailable, "The store is away for a moment.");
            }

            var result = await LeaveAsync(await Inner.CommitAsync(commit, cancellationToken));
            return dice.Falls(FaultKind.LostReply, Chance)
                ? throw new WorkflowException("The reply is lost: nobody can say whether it was written.")
                : result;
        }
        catch (StoreUnavailableException e)
        {
            throw new WorkflowException("The store was closed before it has answered.", e);
        }
    }

    public override Task<SendResult> SendAsync(InboxMessage message, CancellationToken cancellationToken) =>
        CallAsync(() => Inner.SendAsync(message, cancellationToken));

    public override Task<MessageSeen?> ReadMessageAsync(
        ProcessId receiver,
        string messageId,
        CancellationToken cancellationToken
    ) => CallAsync(() => Inner.ReadMessageAsync(receiver, messageId, cancellationToken));

    public override Task<IReadOnlyList<ChildRow>> ReadChildrenAsync(
        ProcessId parent,
        int step,
        CancellationToken cancellationToken
    ) => CallAsync(() => Inner.ReadChildrenAsync(parent, step, cancellationToken));

    public override Task<ProcessPage> ListAsync(ProcessQuery query, CancellationToken cancellationToken) =>
        CallAsync(() => Inner.ListAsync(query, cancellationToken));

    public override Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(
        ProcessId id,
        long afterVersion,
        int limit,
        CancellationToken cancellationToken
    ) => CallAsync(() => Inner.ReadHistoryAsync(id, afterVersion, limit, cancellationToken));

    public override Task<IReadOnlyList<ReportEntry>> ReadReportsAsync(
        ProcessId id,
        bool tree,
        ReportLevel minimum,
        long afterSequence,
        int limit,
        CancellationToken cancellationToken
    ) => CallAsync(() => Inner.ReadReportsAsync(id, tree, minimum, afterSequence, limit, cancellationToken));

    public override Task<IReadOnlyList<DueProcess>> ScanDueAsync(
        SliceRange slices, DateTimeOffset dueAt, DueProcess? after, int limit, CancellationToken cancellationToken) =>
        CallAsync(() => Inner.ScanDueAsync(slices, dueAt, after, limit, cancellationToken));

    public override Task<IReadOnlyList<string>> ListOwnersAsync(CancellationToken cancellationToken) =>
        CallAsync(() => Inner.ListOwnersAsync(cancellationToken));

    public override Task<IReadOnlyList<OwnedProcess>> ScanOwnedAsync(
        string owner, SliceRange slices, ProcessId? after, int limit, CancellationToken cancellationToken) =>
        CallAsync(() => Inner.ScanOwnedAsync(owner, slices, after, limit, cancellationToken));

    public override Task<IReadOnlyList<UnseenMessage>> ScanUnseenAsync(
        SliceRange slices,
        DateTimeOffset sentBefore,
        long afterSequence,
        int limit,
        CancellationToken cancellationToken
    ) => CallAsync(() => Inner.ScanUnseenAsync(slices, sentBefore, afterSequence, limit, cancellationToken));

    public override Task<LiveProcesses> CountLiveAsync(int limit, CancellationToken cancellationToken) =>
        CallAsync(() => Inner.CountLiveAsync(limit, cancellationToken));

    private static Task<T> Unavailable<T>() =>
        Task.FromException<T>(new StoreUnavailableException("The store is away for a moment."));

    private async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        await ArriveAsync();
        return dice.Falls(FaultKind.StoreError, Chance) ? await Unavailable<T>() : await LeaveAsync(await call());
    }

    private async Task ArriveAsync()
    {
        await CutOffAsync();
        if (dice.Falls(FaultKind.SlowStore, 5 * Chance))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1 + dice.Next(20)), TimeProvider.System);
            await CutOffAsync();
        }
    }

    /// <summary>What was carried out before the cut is there, and its reply is not.</summary>
    private async Task<T> LeaveAsync<T>(T reply)
    {
        if (dice.Falls(FaultKind.SlowStore, 2 * Chance))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1 + dice.Next(20)), TimeProvider.System);
        }

        await CutOffAsync();
        return reply;
    }

    private Task CutOffAsync() => _isCutOff ? _end.Task : Task.CompletedTask;
}
