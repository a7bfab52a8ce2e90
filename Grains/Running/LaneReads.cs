using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Telemetry;

namespace Orleans.Workflows.Grains.Running;

/// <summary>
/// What one activation reads of the store: its process, its messages, and whether another has moved the row.
/// </summary>
internal sealed class LaneReads(
    Activation activation,
    IProcessStore store,
    Turns turns,
    Quarantine quarantine,
    StepDriver driver,
    FailureCounts failures,
    ProcessLog log,
    StoreOutage outage)
{
    /// <summary>Loads the process, unless it is loaded or there is none, and goes on with it.</summary>
    /// <returns>Completes when it is loaded and its first turn is over.</returns>
    public async Task LoadAsync()
    {
        if (
            activation.State is not null
            || await store.LoadAsync(activation.Id, CancellationToken.None) is not { } loaded)
        {
            return;
        }

        activation.State = StoredState.Read(loaded, out var fault);
        if (fault is null)
        {
            await turns.TurnAsync(
                loaded.HasLastHistory
                    ? [new ProcessEvent.TimePassed(), .. PickUp()]
                    : [Obstacles.Truncated(loaded.Row)]);
            return;
        }

        // What cannot be read is left as it is; only the row says so.
        log.NotRunnable(loaded.Row, fault);
        await quarantine.OpenAsync(loaded.Row, fault, IncidentCode.PayloadUnreadable, IsRetired);
        activation.Retire(deactivate: true);
    }

    /// <summary>Loads the process or reads its messages, and makes a turn of them.</summary>
    public async Task LookAsync()
    {
        if (activation.State is null)
        {
            await LoadAsync();
            return;
        }

        var messages = await ReadInboxAsync();
        if (messages.Count > 0 || !await HasMovedAsync())
        {
            await turns.TurnAsync([new ProcessEvent.MessagesArrived(messages), .. PickUp()]);
        }
    }

    /// <summary>
    /// Finds out whether another has moved the row, and gives way. A kill that was carried out elsewhere leaves nothing
    /// in the inbox, nor does a database that fell back, or a purge: those who wait for the end here must not wait for
    /// ever.
    /// </summary>
    public async Task<bool> HasMovedAsync()
    {
        try
        {
            var head = await store.ReadHeadAsync(activation.Id, CancellationToken.None);
            if (head?.Operation == activation.State?.Row.LastOperation)
            {
                return false;
            }

            log.Moved(activation.Id, head?.Version ?? 0);
            if (head is null || head.State.IsTerminal())
            {
                driver.Stop(StopReason.Kill);
            }

            activation.Retire(deactivate: true);
            return true;
        }
        catch (StoreUnavailableException)
        {
            // No reason to drop what is in memory.
            return false;
        }
    }

    /// <summary>
    /// Tells the step to stop when its process has ended, or is run elsewhere. From any thread: the step may hold the
    /// activation's.
    /// </summary>
    /// <param name="owner">This silo, as rows name it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task StopIfMovedAsync(string owner, CancellationToken cancellationToken)
    {
        // While an attempt is the current one its row names this silo, unless another has written it.
        if (driver.Current is { } attempt
            && await store.ReadHeadAsync(activation.Id, cancellationToken) is var head
            && head?.Owner != owner
            && driver.Current == attempt)
        {
            driver.Cancel(head is null || head.State.IsTerminal() ? StopReason.Kill : StopReason.Shutdown);
            activation.Queue.Post(new LaneItem.Poked());
        }
    }

    /// <summary>
    /// Tells a step that holds the activation's thread to stop when a kill waits for it: no turn can take that in.
    /// </summary>
    public async Task StopIfKilledAsync(CancellationToken cancellationToken)
    {
        if (driver.Current is { Reason: not StopReason.Kill } attempt
            && await store.ReadAsync(activation.Id, cancellationToken) is { Inbox: var inbox }
            && inbox.Any(static message => message.Kind.IsKill())
            && driver.Current == attempt)
        {
            driver.Stop(StopReason.Kill);

            // What the step gives back is behind this in the queue, so the kill is known by then.
            activation.Queue.Post(new LaneItem.Poked());
        }
    }

    /// <summary>
    /// Takes note that the lane failed. What fails whenever it is tried, and for no reason that the engine knows, would
    /// fail for ever: after some times an operator has to look.
    /// </summary>
    /// <returns>Completes when that is stored, as far as it can be.</returns>
    public async Task FailedAsync(Exception e)
    {
        if (e is StoreUnavailableException)
        {
            outage.Failed(e.Message);
            return;
        }

        log.LaneFailed(activation.Id, e);
        try
        {
            if (
                failures.Add(activation.Id)
                && await store.LoadAsync(activation.Id, CancellationToken.None) is { } loaded)
            {
                var fault = $"each try to go on fails: {e.GetType().Name}: {e.Message}";
                await quarantine.OpenAsync(
                    loaded.Row,
                    fault,
                    IncidentCode.StateUnusable,
                    IsRetired,
                    FailureInfo.From(e));
            }
        }
        catch (Exception again)
        {
            // It stays as it is, and is tried again with the back-off of those who look after it.
            log.LaneFailed(activation.Id, again);
        }
    }

    private bool IsRetired() => activation.IsRetired;

    private IEnumerable<ProcessEvent> PickUp() =>
        activation is { State: { NotTakenOver: true } state, IsStopping: false } ? driver.PickUp(state) : [];

    private async Task<IReadOnlyList<InboxMessage>> ReadInboxAsync()
    {
        try
        {
            return await store.ReadInboxAsync(activation.Id, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // No reason to drop a running step: what stays unseen is poked again.
            return [];
        }
    }
}
