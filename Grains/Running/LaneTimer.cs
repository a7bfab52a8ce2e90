namespace Orleans.Workflows.Grains.Running;

/// <summary>The one timer of a lane: the next due time, or the end of its idling, whichever is first.</summary>
internal sealed class LaneTimer(TimeProvider time, Action elapsed)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private ITimer? _timer;

    /// <summary>Sets the timer anew. A wait of more than a day ends after a day, and is set again then.</summary>
    /// <param name="due">How long until something is due; null for nothing.</param>
    /// <param name="idle">How long until the lane has idled long enough; null when it does not idle.</param>
    public void Set(TimeSpan? due, TimeSpan? idle)
    {
        Stop();
        var wait = due < idle || idle is null ? due : idle;
        if (wait is { } length)
        {
            // Timers may fire a little early; then the rest is waited for, and never in a tight loop.
            var bounded = length < Shortest ? Shortest : length > Longest ? Longest : length;
            _timer = time.CreateTimer(static action => ((Action)action!)(), elapsed, bounded, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Stops the timer.</summary>
    public void Stop()
    {
        _timer?.Dispose();
        _timer = null;
    }
}
