using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Running;

// What the lane does when somebody else may have moved the row, or should.
internal sealed partial class ProcessLane
{
    private async Task KnowAsync(LaneItem.Know know)
    {
        if (_state is null)
        {
            await LoadAsync();
        }
        else if (await HasMovedAsync())
        {
            know.Refuse(_id);
            return;
        }

        if (_ends.IsHolding)
        {
            // Who asks behind a poke is answered behind what the poke was for.
            _ends.Hurry();
            await PokedAsync();
        }

        know.Reply.TrySetResult(_state);
    }

    /// <summary>Tells the step to stop when its process has ended, or is run elsewhere. From any thread: the step may hold the activation's.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when it is known.</returns>
    public async Task StopIfMovedAsync(CancellationToken cancellationToken)
    {
        // While an attempt is the current one its row names this silo, unless somebody else has written it.
        if (_driver.Current is { } attempt
            && await _silo.Store.ReadHeadAsync(_id, cancellationToken) is var head
            && head?.Owner != _silo.Owner
            && _driver.Current == attempt)
        {
            Cancel(head is null || head.State.IsTerminal() ? StopReason.Kill : StopReason.Shutdown);
            Post(new LaneItem.Poked());
        }
    }

    /// <summary>Tells a step that holds the activation's thread to stop when a kill waits for it: no turn can take that in.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when it is known.</returns>
    public async Task StopIfKilledAsync(CancellationToken cancellationToken)
    {
        if (_driver.Current is { Reason: not StopReason.Kill } attempt
            && await _silo.Store.ReadAsync(_id, cancellationToken) is { Inbox: var inbox }
            && inbox.Any(static message => message.Kind is MessageKind.Kill or MessageKind.ForceKill)
            && _driver.Current == attempt)
        {
            _driver.Stop(StopReason.Kill);

            // What the step gives back is behind this in the queue, so the kill is known by then.
            Post(new LaneItem.Poked());
        }
    }

    /// <summary>Begins behind an activation elsewhere that could not run the process.</summary>
    /// <param name="isStored">Whether there is a process; else its start comes again.</param>
    public void TakeOver(bool isStored)
    {
        if (isStored)
        {
            Poke();
            return;
        }

        // A start that does not come again leaves nothing behind for longer than an idle process.
        _timer.Set(null, _silo.Options.IdleTimeout);
    }

    /// <summary>
    /// Answers a start of a type that this silo does not have. The activation moves to a silo that has it: if it only ended, a silo
    /// that still has its address would bring it back here.
    /// </summary>
    private async Task<StartReply> StartElsewhereAsync(StartRequest request)
    {
        if (request.MayBeStored)
        {
            // A start that was stored and whose answer was lost gets the first answer, wherever its type is now.
            await LoadAsync();
        }

        if (_state is { } state)
        {
            return StartChecks.Existing(request, state);
        }

        var reply = await StartChecks.UnknownAsync(request.Type, _silo.Types);
        if (reply.Elsewhere && _silo.Types.Find(new NeededType(request.Type, Version: 0)) is { } able)
        {
            HandOn(able, isStored: false);
        }

        return reply;
    }

    /// <summary>Has a process go on at a live silo that can run it, if there is one: also for a control, since hooks want the definition.</summary>
    private bool HandOn(EngineState state)
    {
        if (_silo.Types.Find(state.Row.Needs, state.Checkpoint.Format) is not { } able)
        {
            return false;
        }

        HandOn(able, isStored: true);
        return true;
    }

    private void HandOn(SiloAddress able, bool isStored)
    {
        Retire(deactivate: false);
        _grain.HandOn(able, isStored);
    }

    /// <summary>
    /// A kill that was carried out elsewhere leaves nothing in the inbox, nor does a database that fell back, or a purge. Whoever waits for the
    /// end here must not wait for ever.
    /// </summary>
    private async Task<bool> HasMovedAsync()
    {
        try
        {
            var head = await _silo.Store.ReadHeadAsync(_id, CancellationToken.None);
            if (head?.Operation == _state?.Row.LastOperation)
            {
                return false;
            }

            LogMoved(_id, head?.Version ?? 0);
            if (head is null || head.State.IsTerminal())
            {
                _driver.Stop(StopReason.Kill);
            }

            Retire(deactivate: true);
            return true;
        }
        catch (StoreUnavailableException)
        {
            // No reason to drop what is in memory.
            return false;
        }
    }
}
