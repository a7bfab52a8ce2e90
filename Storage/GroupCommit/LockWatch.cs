using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>
/// Where items wait for locks of other sessions, out of the way of writers and of other processes. It has a connection
/// only while there are such items. They keep their turn: later commits of the same process wait in the queue.
/// </summary>
/// <param name="queue">Keeps what comes behind the items.</param>
/// <param name="provider">The database.</param>
/// <param name="makeExecutor">Makes what executes them.</param>
/// <param name="patience">How long those wait that can be told to come again.</param>
/// <param name="timeProvider">The clock of the waits.</param>
/// <param name="stop">Ends the waits at shutdown.</param>
internal sealed class LockWatch(
    WriteQueue queue,
    IWriteProvider provider,
    Func<BatchExecutor> makeExecutor,
    TimeSpan patience,
    TimeProvider timeProvider,
    CancellationToken stop)
{
    /// <summary>How many items are asked for and executed at once.</summary>
    private const int PartSize = 64;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly List<LockedItem> _arrived = [];
    private bool _runs;

    /// <summary>Completes when it watches nothing.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Takes items over.</summary>
    /// <param name="locked">The items, out of batches that were taken.</param>
    public void Add(IReadOnlyList<LockedItem> locked)
    {
        queue.SetAside(locked.Select(static l => l.Item));
        lock (_lock)
        {
            _arrived.AddRange(locked);
            if (!_runs)
            {
                _runs = true;
                Ended = Task.Factory
                    .StartNew(RunAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, provider.Scheduler)
                    .Unwrap();
            }
        }
    }

    private async Task RunAsync()
    {
        await using var executor = makeExecutor();
        var waiting = new List<LockedItem>();
        for (var pause = FirstPause; TakeArrived(waiting);)
        {
            await Task.Delay(pause, timeProvider, stop)
                .ConfigureAwait(
                    ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            var left = new List<LockedItem>();
            foreach (var part in waiting.Chunk(PartSize))
            {
                left.AddRange(await ExecuteAsync(executor, part));
            }

            pause = left.Count < waiting.Count ? FirstPause : BackOff.After(pause, LongestPause);
            waiting = left;
        }
    }

    private bool TakeArrived(List<LockedItem> waiting)
    {
        lock (_lock)
        {
            waiting.AddRange(_arrived);
            _arrived.Clear();
            return _runs = waiting.Count > 0;
        }
    }

    private async Task<List<LockedItem>> ExecuteAsync(BatchExecutor executor, LockedItem[] part)
    {
        var still = (await executor.ExecuteFreeAsync(part)).ToDictionary(static l => l.Item);
        var (left, done) = (new List<LockedItem>(), new List<WriteItem>());
        foreach (var before in part)
        {
            if (still.TryGetValue(before.Item, out var locked) && !IsTold(locked with { Since = before.Since }))
            {
                left.Add(locked with { Since = before.Since });
            }
            else
            {
                done.Add(before.Item);
            }
        }

        queue.EndAside(done);
        done.ForEach(static item => item.Deliver());
        return left;
    }

    /// <summary>Ends the wait of an item whose caller can try again, and of every item when the store closes.</summary>
    private bool IsTold(LockedItem locked)
    {
        var (item, holder, inDoubt, since) = locked;
        if (stop.IsCancellationRequested && inDoubt)
        {
            item.Abandon($"the store was closed while it waited for {holder}");
            return true;
        }

        // A start and a client's message can be sent again, and their senders want to know. A process's commit has no
        // sender.
        var canComeAgain = !inDoubt && (item.IsRefusable || item.IsUrgent);
        if (stop.IsCancellationRequested || (canComeAgain && timeProvider.GetElapsedTime(since) >= patience))
        {
            item.Withhold($"it waits for a lock of another session: {holder}.", cause: null);
            return true;
        }

        return false;
    }
}
