using System.Diagnostics;

namespace Orleans.Workflows.Benchmarks.Scale;

/// <summary>
/// Begins something at a steady rate, whether what it began before has ended or not. Bounded in time and in what is
/// under way.
/// </summary>
/// <param name="perSecond">How many per second.</param>
/// <param name="mostUnderWay">How many may be under way; what would be more is left out and counted.</param>
/// <param name="act">Does one, by number. Never throws.</param>
internal sealed class OpenLoop(double perSecond, int mostUnderWay, Func<int, Task> act)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private int _underWay;
    private long _began;

    /// <summary>How many per second.</summary>
    public double PerSecond => perSecond;

    /// <summary>How long it has run; only for <see cref="RunAsync"/> that has been called.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began);

    /// <summary>How many were begun.</summary>
    public int Begun { get; private set; }

    /// <summary>How many were left out.</summary>
    public int LeftOut { get; private set; }

    /// <summary>How many are under way.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>Runs.</summary>
    /// <param name="length">How long.</param>
    /// <param name="cancellationToken">Ends it; what is under way goes on.</param>
    /// <returns>Completes when the time is over. What is under way then goes on.</returns>
    public async Task RunAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        _began = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Tick, TimeProvider.System);
        while (Elapsed < length && !cancellationToken.IsCancellationRequested)
        {
            var owed = (int)(Elapsed.TotalSeconds * perSecond) - Begun - LeftOut;
            for (; owed > 0; owed--)
            {
                if (UnderWay >= mostUnderWay)
                {
                    LeftOut++;
                    continue;
                }

                var index = Begun++;
                Interlocked.Increment(ref _underWay);
                _ = Task.Run(() => ActAsync(index), CancellationToken.None);
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>Waits until nothing is under way.</summary>
    /// <param name="longest">How long at most.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether nothing is.</returns>
    public async Task<bool> SettleAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (UnderWay > 0 && Stopwatch.GetElapsedTime(began) < longest)
        {
            await Task.Delay(Tick, TimeProvider.System, cancellationToken);
        }

        return UnderWay == 0;
    }

    private async Task ActAsync(int index)
    {
        await act(index);
        Interlocked.Decrement(ref _underWay);
    }
}
