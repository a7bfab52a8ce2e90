using System.Collections.Concurrent;

namespace Orleans.Workflows.Testing;

/// <summary>
/// The engine's clock, which knows the timers on it: one that a step has set says that the step waits for time.
/// </summary>
/// <param name="clock">Tells the time, and is moved.</param>
internal sealed class WatchedClock(TimeProvider clock) : TimeProvider
{
    private readonly ConcurrentDictionary<WatchedTimer, ProcessId?> _timers = new();

    /// <summary>What tells the time.</summary>
    public TimeProvider Clock { get; } = clock;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => Clock.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => Clock.TimestampFrequency;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Clock.GetUtcNow();

    /// <inheritdoc/>
    public override long GetTimestamp() => Clock.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new WatchedTimer(this, callback, state, gone => _timers.TryRemove(gone, out _));
        _timers[timer] = CurrentProcess.Identity?.ProcessId;
        timer.Start(dueTime, period);
        return timer;
    }

    /// <summary>Whether the step of a process has set a timer that is still to come.</summary>
    public bool IsAwaitedBy(ProcessId process) =>
        _timers.Any(timer => timer.Value == process && timer.Key.DueAt > GetUtcNow());

    /// <summary>When the next timer of a step is due.</summary>
    /// <returns>The time; null when none is set.</returns>
    public DateTimeOffset? NextOfSteps() =>
        _timers.Where(static timer => timer.Value is not null).Min(static timer => timer.Key.DueAt);

    /// <summary>The next timer of any kind, the engine's too, such as the time-out of a step.</summary>
    /// <returns>The timer; null when none is set.</returns>
    public WatchedTimer? Next() =>
        _timers.Keys.Where(static timer => timer.DueAt is not null).MinBy(static timer => timer.DueAt);
}
