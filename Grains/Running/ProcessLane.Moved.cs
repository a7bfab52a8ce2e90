using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Running;

// What the lane does when somebody else may have moved the row.
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
