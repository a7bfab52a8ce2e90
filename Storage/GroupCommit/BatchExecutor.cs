using Microsoft.Extensions.Logging;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>
/// Executes batches on a connection of its own until each item has its outcome, or is known to wait for a lock of
/// another session.
/// </summary>
/// <param name="queue">Is told when something was written.</param>
/// <param name="provider">The database.</param>
/// <param name="options">The bounds.</param>
/// <param name="timeProvider">The clock of the waits between tries.</param>
/// <param name="logger">Gets a line for each batch in trouble.</param>
/// <param name="unanswered">Is told what waits for the database.</param>
/// <param name="unclear">Remembers what has failed alone.</param>
/// <param name="stop">Ends the tries at shutdown.</param>
internal sealed partial class BatchExecutor(
    WriteQueue queue,
    IWriteProvider provider,
    GroupCommitOptions options,
    TimeProvider timeProvider,
    ILogger logger,
    UnansweredCalls unanswered,
    UnclearItems unclear,
    CancellationToken stop) : IAsyncDisposable
{
    private const string Unseen = "a session that inserts the same and has not committed";

    private readonly List<LockedItem> _locked = [];
    private readonly List<(WriteItem Item, Exception Error)> _unclear = [];
    private readonly List<List<WriteItem>> _written = [];
    private bool _isJudging;
    private WriteSession? _session;
    private string? _ofEverything;

    /// <summary>Executes a batch.</summary>
    /// <param name="batch">The items, by rising id.</param>
    /// <returns>The items that wait for locks; the others have their outcome.</returns>
    public Task<List<LockedItem>> ExecuteAsync(List<WriteItem> batch) => SafelyAsync(batch, async () =>
    {
        await ExecuteAsync(batch, inDoubt: false, asked: false);
        if (_locked.Count > 0)
        {
            LogLocked(logger, provider.Name, _locked.Count, _locked[0].Item, _locked[0].Holder);
        }
    });

    /// <summary>Executes those of some items that had to wait for locks whose locks are gone.</summary>
    /// <returns>Those that still wait; the others have their outcome.</returns>
    public Task<List<LockedItem>> ExecuteFreeAsync(IReadOnlyList<LockedItem> waiting) =>
        SafelyAsync([.. waiting.Select(static w => w.Item)], async () =>
        {
            foreach (var part in waiting.OrderBy(static w => w.Item.Id).GroupBy(static w => w.InDoubt))
            {
                var items = part.Select(static w => w.Item).ToList();
                if (!await AroundLocksAsync(items, part.Key))
                {
                    items.ForEach(item => SetAside(item, Unseen, part.Key));
                }
            }
        });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_session is not { } session)
        {
            return;
        }

        _session = null;
        try
        {
            await session.DisposeAsync();
        }
        catch (Exception e)
        {
            LogCloseFailed(logger, e, provider.Name);
        }
    }

    private async Task<List<LockedItem>> SafelyAsync(List<WriteItem> items, Func<Task> execute)
    {
        _locked.Clear();
        _unclear.Clear();
        _written.Clear();
        _isJudging = false;
        try
        {
            await execute();
            await JudgeAsync();
            return [.. _locked];
        }
        catch (Exception e)
        {
            // A fault of ours, or of a logger: the writer lives on, or every later caller would wait for ever.
            items.ForEach(item => item.Abandon($"the store's writer failed: {e.Message}"));
            await DisposeAsync();
            return [];
        }
    }

    /// <param name="items">The items.</param>
    /// <param name="inDoubt">Whether an earlier try may have written them.</param>
    /// <param name="asked">Whether those whose locks can be seen are out already.</param>
    private async Task ExecuteAsync(List<WriteItem> items, bool inDoubt, bool asked)
    {
        var pause = options.FirstBackOff;
        for (var attempt = 0; ; attempt++, pause = BackOff.After(pause, options.LongestBackOff))
        {
            var (fault, error) = await TryAsync(items, asked);
            if (error is null)
            {
                _ofEverything = null;
                queue.MovedAt = timeProvider.GetTimestamp();
                _written.Add(items);
                unclear.Written(items);
                return;
            }

            inDoubt |= _session?.OutcomeUnknown ?? false;
            await ReplaceBrokenSessionAsync(fault);
            if (stop.IsCancellationRequested)
            {
                GiveUp(items, inDoubt, error);
                return;
            }

            if (fault is WriteFault.Unclear && inDoubt && items is [var doubtful])
            {
                // Rights are asked for before anything is looked up, so it may be stored all the same: it waits aside
                // until that is known.
                SetAside(doubtful, error.Message, inDoubt);
                return;
            }

            if (fault is WriteFault.Refused or WriteFault.Unclear)
            {
                await BisectAsync(items, fault, inDoubt, error, asked);
                return;
            }

            if (fault is WriteFault.Locked && await WithoutLockedAsync(items, inDoubt, asked))
            {
                return;
            }

            // A batch in doubt is tried until the database answers: to say 'not written' could be a lie.
            if (!inDoubt && (fault is WriteFault.NoRoom || attempt >= options.MaxRetries))
            {
                if (MaySay(fault, ref _notWrittenSaidAt))
                {
                    LogNotWritten(logger, error, provider.Name, items.Count);
                }

                items.ForEach(item => item.Withhold(error.Message, error));
                return;
            }

            if (MaySay(fault, ref _retrySaidAt))
            {
                LogRetry(logger, error, provider.Name, items.Count, attempt + 1);
            }

            await PauseAsync(pause);
        }
    }

    private async Task<(WriteFault Fault, Exception? Error)> TryAsync(List<WriteItem> items, bool asked)
    {
        // A purge takes as long as its trees are large, and is no silence.
        var isCounted = items is not [PurgeItem];
        if (isCounted)
        {
            unanswered.Begin();
        }

        try
        {
            _session ??= await provider.OpenAsync(stop);

            // While locks are known that stay, no batch waits for one: with many locked rows each would cost the others
            // that time.
            _session.GivesUpSoon = asked || queue.Aside > 0;
            await _session.ExecuteAsync(items, stop);
            return (default, null);
        }
        catch (Exception e)
        {
            // What keeps a connection from opening says nothing about the batch, so it must not be bisected for it.
            return (_session is null ? WriteFault.Lost : provider.Classify(e), e);
        }
        finally
        {
            if (isCounted)
            {
                unanswered.End();
            }
        }
    }

    /// <summary>Executes what a lock does not concern.</summary>
    /// <returns>Whether each item has its outcome, or is set aside; otherwise none can be written.</returns>
    private async Task<bool> WithoutLockedAsync(List<WriteItem> items, bool inDoubt, bool asked)
    {
        if (items is [var only] && only.TryDecideLocked())
        {
            return true;
        }

        if (!asked)
        {
            return await AroundLocksAsync(items, inDoubt);
        }

        if (items.Count == 1)
        {
            SetAside(items[0], Unseen, inDoubt);
            return true;
        }

        // Halves would cost a guilty item eight time-outs, and two hundred guilty ones five hundred. Parts of sixteen,
        // and then one by one, cost hardly more than the items cost alone.
        foreach (var part in items.Chunk(items.Count > 16 ? (int)Math.Sqrt(items.Count) : 1))
        {
            await ExecuteAsync([.. part], inDoubt, asked: true);
        }

        return true;
    }

    /// <summary>Asks for the locks, sets aside what wants one, and executes the rest.</summary>
    /// <returns>Whether each item has its outcome, or is set aside; otherwise none can be written.</returns>
    private async Task<bool> AroundLocksAsync(List<WriteItem> items, bool inDoubt)
    {
        var locks = await FindLocksAsync(items);
        if (locks.OfEverything is { } holder)
        {
            if (holder != _ofEverything)
            {
                LogEverythingLocked(logger, provider.Name, _ofEverything = holder);
            }

            return false;
        }

        _ofEverything = null;

        foreach (var (item, by) in locks.Holders)
        {
            SetAside(item, by, inDoubt);
        }

        var rest = items.FindAll(item => !locks.Holders.ContainsKey(item));
        if (rest.Count > 0)
        {
            await ExecuteAsync(rest, inDoubt, asked: true);
        }

        return true;
    }

    private async Task<ForeignLocks> FindLocksAsync(List<WriteItem> items)
    {
        try
        {
            _session ??= await provider.OpenAsync(stop);
            return await _session.FindLocksAsync(items, stop);
        }
        catch (Exception e)
        {
            // Then the items find out, one by one.
            await ReplaceBrokenSessionAsync(_session is null ? WriteFault.Lost : provider.Classify(e));
            return ForeignLocks.None;
        }
    }

    private void SetAside(WriteItem item, string holder, bool inDoubt) =>
        _locked.Add(new LockedItem(item, holder, inDoubt, timeProvider.GetTimestamp()));

    private async Task BisectAsync(List<WriteItem> items, WriteFault fault, bool inDoubt, Exception error, bool asked)
    {
        if (items.Count == 1 && fault is WriteFault.Unclear && !_isJudging)
        {
            _unclear.Add((items[0], error));
            return;
        }

        if (items.Count == 1)
        {
            LogRefused(logger, error, provider.Name, items[0]);
            items[0].Refuse(error.Message);
            return;
        }

        // A refusal comes from what the items write, so no earlier try of this batch can have reached its commit:
        // nothing is in doubt.
        inDoubt &= fault is not WriteFault.Refused;
        var half = items.Count / 2;
        await ExecuteAsync(items[..half], inDoubt, asked);
        await ExecuteAsync(items[half..], inDoubt, asked);
    }

    /// <summary>
    /// Decides about what has failed alone. When the database takes others of the batch that touch the same, and
    /// refuses an item a second time behind them, it is the item's own fault; while it takes nothing of the kind, it
    /// may be the database's, for a right that is missing on one table only. Where nothing of the kind is written, the
    /// database is asked for it.
    /// </summary>
    private async Task JudgeAsync()
    {
        if (_unclear.Count > 0 && _written.Count == 0 && MaySay(WriteFault.Unclear, ref _notWrittenSaidAt))
        {
            LogNotWritten(logger, _unclear[0].Error, provider.Name, _unclear.Count);
        }

        if (_unclear.Count > 0 && _written.Count == 0)
        {
            // It may be the session's own, a search path that was wrong when it began: the next batch has a new one.
            await DisposeAsync();
        }

        _isJudging = true;
        var asked = new Dictionary<Touched, bool>();
        foreach (var (item, error) in _unclear)
        {
            var isGuilty = unclear.IsGuilty(item, unclear.IsLeftAlone(item) && await TakesTheLikeAsync(item, asked));
            if (isGuilty || _written.Exists(part => part.Exists(other => other.Touches.HasFlag(item.Touches))))
            {
                await ExecuteAsync([item], inDoubt: false, asked: true);
            }
            else
            {
                item.Withhold(error.Message, error);
            }
        }
    }

    private async Task<bool> TakesTheLikeAsync(WriteItem item, Dictionary<Touched, bool> asked)
    {
        if (!asked.TryGetValue(item.Touches, out var takes))
        {
            try
            {
                _session ??= await provider.OpenAsync(stop);
                takes = await _session.TakesTheLikeAsync(item.Touches, stop);
            }
            catch (Exception e)
            {
                // It takes nothing of the kind: the item is not to blame.
                await ReplaceBrokenSessionAsync(_session is null ? WriteFault.Lost : provider.Classify(e));
            }

            asked.Add(item.Touches, takes);
        }

        return takes;
    }

    private static void GiveUp(List<WriteItem> items, bool inDoubt, Exception error)
    {
        foreach (var item in items)
        {
            if (inDoubt)
            {
                item.Abandon($"the store was closed before the database answered: {error.Message}");
            }
            else
            {
                item.Withhold($"the store was closed: {error.Message}", error);
            }
        }
    }

    private async Task ReplaceBrokenSessionAsync(WriteFault fault)
    {
        if (fault is WriteFault.Lost || _session is { IsBroken: true })
        {
            await DisposeAsync();
        }
    }

    private async Task PauseAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(BackOff.Spread(pause), timeProvider, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The next try finds out and gives up, or succeeds.
        }
    }
}
