using System.Collections.Concurrent;
using System.Diagnostics;

namespace Orleans.Workflows.Benchmarks.Scale;

/// <summary>Latencies with the moment at which each ended.</summary>
internal sealed class TimedLatencies
{
    private readonly ConcurrentQueue<(long At, double Milliseconds)> _all = new();

    /// <summary>Notes one that ends now.</summary>
    /// <param name="began">The timestamp of its beginning.</param>
    public void Note(long began) =>
        _all.Enqueue((Stopwatch.GetTimestamp(), Stopwatch.GetElapsedTime(began).TotalMilliseconds));

    /// <summary>Those that ended within a time.</summary>
    /// <param name="from">The timestamp of its beginning.</param>
    /// <param name="to">That of its end; null for now.</param>
    /// <returns>Milliseconds, in no order.</returns>
    public IEnumerable<double> Between(long from, long? to = null) =>
        _all.Where(one => one.At >= from && one.At < (to ?? long.MaxValue)).Select(static one => one.Milliseconds);

    /// <summary>Takes all out.</summary>
    /// <returns>Milliseconds, rising.</returns>
    public List<double> Take()
    {
        var taken = new List<double>();
        while (_all.TryDequeue(out var one))
        {
            taken.Add(one.Milliseconds);
        }

        taken.Sort();
        return taken;
    }
}
