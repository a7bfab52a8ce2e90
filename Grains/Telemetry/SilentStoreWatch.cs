using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Telemetry;

/// <summary>
/// Says that a database which takes calls and answers none is away: a server that stands still, or a table that another
/// session has locked. Nothing fails by that before the silo's calls run into their time-outs, by the hundred.
/// </summary>
internal sealed class SilentStoreWatch(IProcessStore store, StoreOutage outage)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    /// <summary>
    /// How long a silence is none: shorter than the time-out of a call between silos, longer than a slow disk takes.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private ITimer? _timer;
    private long _lookedAt;

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(SilentStoreWatch), ServiceLifecycleStage.Active, StartAsync, StopAsync);

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    /// <summary>Takes note of how long the store has been silent.</summary>
    public void Look(TimeSpan silence)
    {
        if (silence >= Patience)
        {
            outage.Failed(
                $"the database does not answer, for {silence.TotalSeconds:0} s so far. It stands still, or a session " +
                "has locked a table.");
        }
    }

    private Task StartAsync(CancellationToken cancellationToken)
    {
        // Real time, as for all supervision.
        _lookedAt = TimeProvider.System.GetTimestamp();
        _timer = TimeProvider.System.CreateTimer(_ => Look(), state: null, Interval, Interval);
        return Task.CompletedTask;
    }

    private void Look()
    {
        // When this process itself stood still, or had no thread, answers may lie unread.
        var isLate = TimeProvider.System.GetElapsedTime(_lookedAt) > Interval + Interval;
        _lookedAt = TimeProvider.System.GetTimestamp();
        if (!isLate)
        {
            Look(store.Silence);
        }
    }

    private Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }
}
