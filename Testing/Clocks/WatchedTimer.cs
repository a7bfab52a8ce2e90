namespace Orleans.Workflows.Testing;

/// <summary>A timer on a watched clock.</summary>
/// <param name="clock">The clock.</param>
/// <param name="callback">What it calls.</param>
/// <param name="state">With what.</param>
/// <param name="gone">Is told when it will not call again.</param>
internal sealed class WatchedTimer(
    WatchedClock clock,
    TimerCallback callback,
    object? state,
    Action<WatchedTimer> gone) : ITimer
{
    private ITimer? _timer;
    private TimeSpan _period;
    private TimeSpan _dueTime;
    private long _setAt;

    /// <summary>When it calls next; null when it does not.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>
    /// Whether real time has passed for as long as it was set: then it would have called without a clock that stands
    /// still, too.
    /// </summary>
    public bool IsOverdueInReality => DueAt is not null && TimeProvider.System.GetElapsedTime(_setAt) >= _dueTime;

    /// <summary>Sets it for the first time.</summary>
    public void Start(TimeSpan dueTime, TimeSpan period)
    {
        Set(dueTime, period);
        _timer = clock.Clock.CreateTimer(static timer => ((WatchedTimer)timer!).Call(), this, dueTime, period);
    }

    /// <inheritdoc/>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Set(dueTime, period);
        return _timer!.Change(dueTime, period);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        gone(this);
        _timer?.Dispose();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        gone(this);
        return _timer?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private void Set(TimeSpan dueTime, TimeSpan period)
    {
        DueAt = dueTime == Timeout.InfiniteTimeSpan ? null : clock.GetUtcNow() + dueTime;
        (_period, _dueTime, _setAt) = (period, dueTime, TimeProvider.System.GetTimestamp());
    }

    private void Call()
    {
        DueAt = _period == Timeout.InfiniteTimeSpan || _period == TimeSpan.Zero ? null : clock.GetUtcNow() + _period;
        callback(state);
    }
}
