namespace Orleans.Workflows.Behaviour.Clusters;

/// <summary>Counts how many are inside at a time.</summary>
public sealed class Gauge
{
    private int _inside;
    private int _most;

    /// <summary>The most that were inside at a time.</summary>
    public int Most => Volatile.Read(ref _most);

    /// <summary>How many are inside.</summary>
    public int Inside => Volatile.Read(ref _inside);

    /// <summary>Says that one more is inside.</summary>
    public void Enter()
    {
        var inside = Interlocked.Increment(ref _inside);
        for (var most = Most; inside > most; most = Most)
        {
            Interlocked.CompareExchange(ref _most, inside, most);
        }
    }

    /// <summary>Says that one is out again.</summary>
    public void Leave() => Interlocked.Decrement(ref _inside);
}
