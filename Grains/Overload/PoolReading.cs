namespace Orleans.Workflows.Grains.Overload;

/// <summary>
/// How long work waits for a thread of the pool: one item at a time asks. A pool that is busy is not short of threads: the item may wait long
/// behind work that gives rise to work, so no more counts than what is queued takes at the speed of the pool. Not for several threads at a time.
/// </summary>
internal sealed class PoolReading
{
    private long _asked;
    private long _waited;
    private volatile bool _pending;
    private long _readAt = TimeProvider.System.GetTimestamp();
    private long _completed = ThreadPool.CompletedWorkItemCount;

    /// <summary>Reads it, and asks again if the last item has run.</summary>
    /// <returns>How long the last item waited, or has been waiting.</returns>
    public TimeSpan Read()
    {
        var queued = Queued();
        var waited = Ask();
        return waited < queued ? waited : queued;
    }

    private TimeSpan Ask()
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

    /// <summary>How long the pool needs for what is queued, at the speed that it had since the last reading.</summary>
    private TimeSpan Queued()
    {
        var (now, completed) = (TimeProvider.System.GetTimestamp(), ThreadPool.CompletedWorkItemCount);
        var (time, done) = (TimeProvider.System.GetElapsedTime(_readAt, now), completed - _completed);
        (_readAt, _completed) = (now, completed);
        return done <= 0 ? TimeSpan.MaxValue : time * ((double)ThreadPool.PendingWorkItemCount / done);
    }
}
