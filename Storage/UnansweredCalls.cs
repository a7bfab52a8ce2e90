namespace Orleans.Workflows.Storage;

/// <summary>
/// For how long calls to a database wait of which none was answered meanwhile. A server that stands still, and a lock
/// on a whole table, let everything wait, and nothing fails by it for a long time.
/// </summary>
internal sealed class UnansweredCalls(TimeProvider time)
{
    private int _waiting;
    private long _since;

    /// <summary>How long that is; zero when none waits.</summary>
    public TimeSpan Silence =>
        Volatile.Read(ref _waiting) > 0 ? time.GetElapsedTime(Volatile.Read(ref _since)) : TimeSpan.Zero;

    /// <summary>A call is made.</summary>
    public void Begin()
    {
        if (Volatile.Read(ref _waiting) == 0)
        {
            Volatile.Write(ref _since, time.GetTimestamp());
        }

        Interlocked.Increment(ref _waiting);
    }

    /// <summary>A call is over, whether it has got its answer or none.</summary>
    public void End()
    {
        Volatile.Write(ref _since, time.GetTimestamp());
        Interlocked.Decrement(ref _waiting);
    }
}
