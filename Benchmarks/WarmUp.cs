using Orleans.Workflows.Benchmarks.Measures;

namespace Orleans.Workflows.Benchmarks;

/// <summary>Whole runs that go before the runs that count, until their speed changes no more.</summary>
/// <param name="longest">When it is enough even if the speed still changes.</param>
internal sealed class WarmUp(TimeSpan longest)
{
    /// <summary>So many in a row must agree.</summary>
    private const int Agreeing = 3;

    /// <summary>How much the fastest of them may be faster than the slowest.</summary>
    private const double Tolerance = 1.05;

    private readonly List<double> _perSecond = [];

    /// <summary>The speed of each run, in processes per second.</summary>
    public IReadOnlyList<double> PerSecond => _perSecond;

    /// <summary>Whether the last runs agree.</summary>
    public bool IsStable => _perSecond.Count >= Agreeing && Last.Max() <= Last.Min() * Tolerance;

    /// <summary>The speed that was reached: the median of the last runs.</summary>
    public double Reached => Percentile.Median(Last)!.Value;

    private IEnumerable<double> Last => _perSecond.TakeLast(Agreeing);

    /// <summary>Runs until the speed is stable, or the time is over; at least once.</summary>
    /// <param name="run">Does a run, by number from 0, and says its speed.</param>
    /// <returns>Completes then.</returns>
    public async Task RunAsync(Func<int, Task<double>> run)
    {
        var began = TimeProvider.System.GetTimestamp();
        do
        {
            _perSecond.Add(await run(_perSecond.Count));
        }
        while (!IsStable && TimeProvider.System.GetElapsedTime(began) < longest);
    }
}
