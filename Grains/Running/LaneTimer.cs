using Microsoft.Extensions.Options;
using Orleans.Workflows.Grains.Clock;
using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains.Running;

/// <summary>The one timer of a lane: the next due time, or the end of its idling, whichever is first.</summary>
internal sealed class LaneTimer(
    Activation activation,
    EndWatchers watchers,
    EngineClock clock,
    IOptions<WorkflowOptions> options)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private ITimer? _timer;

    private TimeSpan IdleTimeout => options.Value.IdleTimeout;

    /// <summary>Sets the timer anew. A wait of more than a day ends after a day, and is set again then.</summary>
    /// <param name="state">The process; null when there is none yet.</param>
    /// <param name="isBusy">Whether its step runs or waits to be let in: then it does not idle.</param>
    public void Set(EngineState? state, bool isBusy)
    {
        Stop();
        var due = state is null ? null : Wait(state);
        TimeSpan? idle = isBusy ? null : IdleTimeout;
        if ((due < idle || idle is null ? due : idle) is { } length)
        {
            // Timers may fire a little early; then the rest is waited for, and never in a tight loop.
            var bounded = length < Shortest ? Shortest : length > Longest ? Longest : length;
            _timer = clock.Time.CreateTimer(
                static queue => ((LaneQueue)queue!).Post(new LaneItem.Ticked()),
                activation.Queue,
                bounded,
                Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Whether the activation is not worth its memory: nothing runs, is due soon, or is watched.</summary>
    public bool IsIdle(EngineState state) =>
        !state.InFlight && !(state.NextTime - activation.Now < IdleTimeout) && !watchers.Any;

    /// <summary>Stops the timer.</summary>
    public void Stop()
    {
        _timer?.Dispose();
        _timer = null;
    }

    /// <summary>
    /// How long until something is due. A deadline may have come and not surely have passed; a wait does not wait for
    /// that.
    /// </summary>
    private TimeSpan? Wait(EngineState state)
    {
        if (state.NextTime is not { } next || next != state.Checkpoint.Deadline)
        {
            return state.NextTime - activation.Now;
        }

        var deadline = next - activation.Surely;
        return state.Checkpoint.Wait?.Until - activation.Now is { } wait && wait < deadline ? wait : deadline;
    }
}
