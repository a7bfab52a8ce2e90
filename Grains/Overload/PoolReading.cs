namespace Orleans.Workflows.Grains.Overload;

/// <summary>
/// How long a work item waits for a thread of the pool: one item at a time asks. Not for several threads at a time.
/// </summary>
internal sealed class PoolReading
{
    private long _asked;
    private long _waited;
    private volatile bool _pending;

    /// <summary>Reads it, and asks again if the last item has run.</summary>
    /// <returns>How long the last item waited, or has been waiting.</returns>
    public TimeSpan Read()
    {
        if (_pending)
        {
            return TimeProvider.System.GetElapsedTime(_asked);
        }

        var waited = TimeSpan.FromTicks(Volatile.Read(ref _waited));
        _asked = TimeProvider.System.GetTimestamp();
        _pending = true;
        ThreadPool.UnsafeQueueUserWorkItem(
            static reading =>
            {
                Volatile.Write(ref reading._waited, TimeProvider.System.GetElapsedTime(reading._asked).Ticks);
                reading._pending = false;
            },
            this,
            preferLocal: false);
        return waited;
    }
}
