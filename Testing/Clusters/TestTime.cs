using Microsoft.Extensions.Time.Testing;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Testing;

/// <summary>The clock of a cluster's engine. Waits, retries, timeouts and deadlines go by it; the client's patience and Orleans go by real time.</summary>
public sealed class TestTime
{
    private readonly IProcessStore _store;

    /// <summary>Makes the clock.</summary>
    /// <param name="store">Knows what is due.</param>
    /// <param name="provider">Tells the time.</param>
    internal TestTime(IProcessStore store, TimeProvider provider) => (_store, Provider) = (store, provider);

    /// <summary>The clock as code gets it: pass it to fakes that need the time.</summary>
    public TimeProvider Provider { get; }

    /// <summary>What it shows.</summary>
    public DateTimeOffset Now => Provider.GetUtcNow();

    /// <summary>Whether a test can move it.</summary>
    internal bool CanMove => Provider is FakeTimeProvider;

    private FakeTimeProvider Fake => Provider as FakeTimeProvider
        ?? throw new InvalidOperationException("The cluster runs on a clock that the test cannot move. Leave OnClock(…) out, or give it a FakeTimeProvider.");

    /// <summary>Moves the clock. What is due by then happens, in its order, on the cluster's threads: wait for it.</summary>
    /// <param name="time">How far, 0 or more.</param>
    /// <exception cref="InvalidOperationException">The cluster runs on real time.</exception>
    public void Advance(TimeSpan time) => Fake.Advance(time);

    /// <summary>Moves the clock to the time at which the next process is due: a timer, a timeout of a wait, a retry, a delayed start.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether there was one; if not, the clock stands where it stood.</returns>
    /// <exception cref="InvalidOperationException">The cluster runs on real time.</exception>
    /// <remarks>Wait with <see cref="WorkflowTestCluster.SettleAsync"/> first: a timer that is not stored yet is not found.</remarks>
    public async Task<bool> AdvanceToNextTimerAsync(CancellationToken cancellationToken = default)
    {
        var clock = Fake;
        if (await _store.ScanDueAsync(SliceRange.All, DateTimeOffset.MaxValue, after: null, limit: 1, cancellationToken).ConfigureAwait(false) is not [var next])
        {
            return false;
        }

        // The engine tells the time to the millisecond, rounded down.
        var part = next.DueAt.Ticks % TimeSpan.TicksPerMillisecond;
        var due = part == 0 ? next.DueAt : next.DueAt.AddTicks(TimeSpan.TicksPerMillisecond - part);
        if (due > clock.GetUtcNow())
        {
            // Timers were set by the millisecond too: where the clock shows a part of one, they ring that much later.
            clock.Advance(due - clock.GetUtcNow() + TimeSpan.FromTicks(clock.GetUtcNow().Ticks % TimeSpan.TicksPerMillisecond));
        }

        return true;
    }
}
