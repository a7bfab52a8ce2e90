using Microsoft.Extensions.Time.Testing;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Testing;

/// <summary>
/// The clock of a cluster's engine. Waits, retries, timeouts and deadlines go by it; the client's patience and Orleans
/// go by real time.
/// </summary>
public sealed class TestTime
{
    private readonly IProcessStore _store;
    private readonly WatchedClock _clock;

    /// <summary>Makes the clock.</summary>
    /// <param name="store">Knows what is due.</param>
    /// <param name="clock">Tells the time.</param>
    internal TestTime(IProcessStore store, WatchedClock clock) => (_store, _clock) = (store, clock);

    /// <summary>The clock as code gets it: pass it to fakes that need the time.</summary>
    public TimeProvider Provider => _clock;

    /// <summary>What it shows.</summary>
    public DateTimeOffset Now => Provider.GetUtcNow();

    /// <summary>Whether a test can move it.</summary>
    internal bool CanMove => _clock.Clock is FakeTimeProvider;

    private FakeTimeProvider Fake =>
        _clock.Clock as FakeTimeProvider
        ?? throw new InvalidOperationException(
            "The cluster runs on a clock that the test cannot move. Leave OnClock(…) out, or give it a "
            + "FakeTimeProvider.");

    /// <summary>
    /// Moves the clock. What is due by then happens, in its order, on the cluster's threads: wait for it.
    /// </summary>
    /// <param name="time">How far, 0 or more.</param>
    /// <exception cref="InvalidOperationException">The cluster runs on real time.</exception>
    public void Advance(TimeSpan time) => Fake.Advance(time);

    /// <summary>
    /// Moves the clock to the time at which the next process is due: a timer, a timeout of a wait, a retry, a delayed
    /// start, or a time that a running step awaits by <c>step.TimeProvider</c>.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether there was one; if not, the clock stands where it stood.</returns>
    /// <exception cref="InvalidOperationException">The cluster runs on real time.</exception>
    /// <remarks>
    /// Wait with <see cref="WorkflowTestCluster.SettleAsync"/> first: a timer that is not stored yet is not found.
    /// </remarks>
    public async Task<bool> AdvanceToNextTimerAsync(CancellationToken cancellationToken = default)
    {
        _ = Fake;
        var found = await _store
            .ScanDueAsync(SliceRange.All, DateTimeOffset.MaxValue, after: null, limit: 1, cancellationToken)
            .ConfigureAwait(false);
        var ofProcess = found is [var next] ? next.DueAt : (DateTimeOffset?)null;
        var ofStep = _clock.NextOfSteps();
        return MoveTo(ofProcess < ofStep || ofStep is null ? ofProcess : ofStep);
    }

    /// <summary>Whether the running step of a process awaits a time that is still to come.</summary>
    /// <param name="process">The process.</param>
    /// <returns>Whether it does.</returns>
    internal bool IsAwaitedBy(ProcessId process) => _clock.IsAwaitedBy(process);

    /// <summary>
    /// Moves the clock to the next timer of any kind if it would have rung by now on real time. A step may work, and
    /// must not be told that its ten minutes are over when it has had some seconds.
    /// </summary>
    /// <returns>Whether there was one.</returns>
    internal bool AdvanceToOverdueTimer() => _clock.Next() is { IsOverdueInReality: true } timer && MoveTo(timer.DueAt);

    private bool MoveTo(DateTimeOffset? time)
    {
        if (time is not { } due)
        {
            return false;
        }

        // The engine tells the time to the millisecond, rounded down.
        var part = due.Ticks % TimeSpan.TicksPerMillisecond;
        due = part == 0 ? due : due.AddTicks(TimeSpan.TicksPerMillisecond - part);
        if (due > Now)
        {
            // Timers were set by the millisecond too: where the clock shows a part of one, they ring that much later.
            Fake.Advance(due - Now + TimeSpan.FromTicks(Now.Ticks % TimeSpan.TicksPerMillisecond));
        }

        return true;
    }
}
