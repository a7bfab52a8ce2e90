using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains.Running;

// How the lane gives its process back, whatever the step does.
internal sealed partial class ProcessLane
{
    /// <summary>Gives the process back: the step is told to stop, and has a second to do so. After that the process is given back without it.</summary>
    /// <returns>Completes when the process is given back, or the store is too slow for that.</returns>
    public async Task StopAsync()
    {
        if (_retired)
        {
            // It has ended by itself. What there still is to do is found by those who look after it, with their back-off.
            return;
        }

        _isStopping = true;
        if (!await _driver.ReleaseAsync(TimeSpan.FromSeconds(1)))
        {
            // Nobody listens to it any more. Its host leaves in order, which must not count as a crash.
            LogAbandoned(_id, _state?.Checkpoint.Position ?? "");
            _driver.Drop();
            Post(new LaneItem.Event(new ProcessEvent.StepReleased(), of: null));
        }

        await _queue.QuietAsync(() => _state is not { InFlight: true }, TimeSpan.FromSeconds(1));
        Retire(deactivate: false);
        if (_state is { Row: { State: ProcessState.Running, Paused: false } } && !_silo.IsDraining)
        {
            _silo.Poke(_id);
        }
    }

    /// <summary>Gives the process back because the silo stops, from any thread. A step that holds the activation's thread does not hinder it.</summary>
    /// <returns>Completes when it is given back, or the store is too slow for that.</returns>
    public async Task GiveBackAsync()
    {
        Cancel(StopReason.Shutdown);
        var stopped = Task.Factory.StartNew(StopAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler).Unwrap();
        await Task.WhenAny(stopped, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System));
        await Task.WhenAny(_isStopping || stopped.IsCompleted ? stopped : ReleaseAsideAsync(), Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System));
    }

    /// <summary>Gives the process back for an activation whose thread is held, from any thread. The step's late result is refused.</summary>
    private async Task ReleaseAsideAsync()
    {
        try
        {
            if (_state is { InFlight: true } state)
            {
                var definition = _silo.Definitions.Find(state.Row.Type);
                await _silo.CommitAsideAsync(state, ProcessEngine.Decide(state, [new ProcessEvent.StepReleased()], Context(definition)), definition);
                LogAbandoned(_id, state.Checkpoint.Position);
            }
        }
        catch (Exception e)
        {
            // The host stops all the same; the process is taken over as after a crash.
            LogFailed(_id, e);
        }
    }
}
