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

    /// <summary>A kill that was carried out elsewhere leaves nothing in the inbox. Whoever waits for the end here must not wait for ever.</summary>
    private async Task<bool> HasMovedAsync()
    {
        try
        {
            if (await _silo.Store.LoadAsync(_id, CancellationToken.None) is not { Row.Version: var version } || version == _state?.Row.Version)
            {
                return false;
            }

            LogMoved(_id, version);
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
