using Microsoft.Extensions.Logging;

namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>One writer: takes batches, executes them on its connection and gives each caller its own outcome.</summary>
/// <param name="queue">Where the batches come from.</param>
/// <param name="provider">The database.</param>
/// <param name="options">The bounds.</param>
/// <param name="timeProvider">The clock of the waits between tries.</param>
/// <param name="logger">Gets a line for each batch in trouble.</param>
/// <param name="instruments">Measure each batch.</param>
/// <param name="stop">Ends the tries at shutdown.</param>
internal sealed partial class BatchWriter(
    WriteQueue queue,
    IWriteProvider provider,
    GroupCommitOptions options,
    TimeProvider timeProvider,
    ILogger logger,
    WriteInstruments instruments,
    CancellationToken stop)
{
    private WriteSession? _session;

    /// <summary>Writes until the queue is closed and empty.</summary>
    /// <returns>Completes when the connection is closed.</returns>
    public async Task RunAsync()
    {
        do
        {
            await queue.WaitAsync();
            while (queue.Take() is { Count: > 0 } batch)
            {
                var (recorded, began) = (instruments.Begin(), timeProvider.GetTimestamp());
                await ExecuteSafelyAsync(batch);
                queue.NoteWriteTime(timeProvider.GetElapsedTime(began));
                instruments.End(recorded, batch.Count);
                queue.Release(batch);
                batch.ForEach(static item => item.Deliver());
            }
        }
        while (!queue.IsDrained);
        await CloseSessionAsync();
    }

    private async Task ExecuteSafelyAsync(List<WriteItem> batch)
    {
        try
        {
            await ExecuteAsync(batch, inDoubt: false);
        }
        catch (Exception e)
        {
            // A fault of ours, or of a logger: the writer lives on, or every later caller would wait for ever.
            batch.ForEach(item => item.Abandon($"the store's writer failed: {e.Message}"));
            await CloseSessionAsync();
        }
    }

    private async Task ExecuteAsync(List<WriteItem> items, bool inDoubt)
    {
        for (var attempt = 0; ; attempt++)
        {
            var (fault, error) = await TryAsync(items);
            if (error is null)
            {
                queue.MovedAt = timeProvider.GetTimestamp();
                return;
            }

            inDoubt |= _session?.OutcomeUnknown ?? false;
            await ReplaceBrokenSessionAsync(fault);
            if (stop.IsCancellationRequested)
            {
                GiveUp(items, inDoubt, error);
                return;
            }

            if (fault is WriteFault.Refused)
            {
                await BisectAsync(items, error);
                return;
            }

            // A batch in doubt is tried until the database answers: to say 'not written' could be a lie.
            if (!inDoubt && (fault is WriteFault.NoRoom || attempt >= options.MaxRetries))
            {
                LogNotWritten(logger, error, provider.Name, items.Count);
                items.ForEach(item => item.Withhold(error.Message, error));
                return;
            }

            LogRetry(logger, error, provider.Name, items.Count, attempt + 1);
            await BackOffAsync(attempt);
        }
    }

    private async Task<(WriteFault Fault, Exception? Error)> TryAsync(List<WriteItem> items)
    {
        try
        {
            _session ??= await provider.OpenAsync(stop);
            await _session.ExecuteAsync(items, stop);
            return (default, null);
        }
        catch (Exception e)
        {
            // What keeps a connection from opening says nothing about the batch, so it must not be bisected for it.
            return (_session is null ? WriteFault.Lost : provider.Classify(e), e);
        }
    }

    private async Task BisectAsync(List<WriteItem> items, Exception error)
    {
        if (items.Count == 1)
        {
            LogRefused(logger, error, provider.Name, items[0]);
            items[0].Refuse(error.Message);
            return;
        }

        // A refusal comes from the statements, so no earlier try of this batch can have reached its commit: nothing is in doubt.
        var half = items.Count / 2;
        await ExecuteAsync(items[..half], inDoubt: false);
        await ExecuteAsync(items[half..], inDoubt: false);
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
            await CloseSessionAsync();
        }
    }

    private async Task CloseSessionAsync()
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

    private async Task BackOffAsync(int attempt)
    {
        var wait = options.FirstBackOff * Math.Pow(2, Math.Min(attempt, 20)) * (0.5 + (Random.Shared.NextDouble() / 2));
        try
        {
            await Task.Delay(wait < options.LongestBackOff ? wait : options.LongestBackOff, timeProvider, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The next try finds out and gives up, or succeeds.
        }
    }
}
