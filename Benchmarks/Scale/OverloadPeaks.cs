using System.Diagnostics;
using System.Globalization;
using Orleans.Workflows.Benchmarks.Load;
using Orleans.Workflows.Benchmarks.Targets;

namespace Orleans.Workflows.Benchmarks.Scale;

/// <summary>
/// What a silo can do at most: a closed loop, in which each process is followed by the next when it has ended.
/// </summary>
/// <param name="target">The silo.</param>
/// <param name="sql">Its database.</param>
/// <param name="withNeighbour">Whether it is also measured beside a neighbour.</param>
/// <param name="length">How long each takes.</param>
/// <param name="errors">Gets the progress.</param>
internal sealed class OverloadPeaks(
    Target target,
    ScaleDatabase sql,
    bool withNeighbour,
    TimeSpan length,
    TextWriter errors)
{
    private const int AtATime = 512;

    private readonly string _prefix = string.Create(CultureInfo.InvariantCulture, $"peak-{Guid.CreateVersion7():N}-");

    /// <summary>Lets the code be compiled and files grow.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Completes then.</returns>
    public Task WarmUpAsync(CancellationToken cancellationToken) =>
        MeasureAsync("warm-up", length / 2, cancellationToken);

    /// <summary>
    /// Measures with tables that were vacuumed before, as the overload is: autovacuum comes in the middle, whatever the
    /// load.
    /// </summary>
    /// <param name="when">Before or after the overload.</param>
    /// <param name="findings">Takes what is found.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The peaks per second: with the machine to itself, and beside a neighbour, 0 without one.</returns>
    public async Task<(double Alone, double Beside)> MeasureAsync(
        string when,
        Findings findings,
        CancellationToken cancellationToken)
    {
        await sql.TidyAsync(cancellationToken);
        var alone = await MeasureAsync(when, length, cancellationToken);
        findings.Note($"peak {when}, {AtATime} in flight", alone, "processes/s");
        if (!withNeighbour)
        {
            return (alone, 0);
        }

        await sql.TidyAsync(cancellationToken);
        using var neighbour = Neighbour.Start(length);
        var beside = await MeasureAsync($"{when}-beside", length / 2, cancellationToken);
        findings.Note($"peak {when}, beside a neighbour who had {neighbour.End():N2} CPUs", beside, "processes/s");
        return (alone, beside);
    }

    private async Task<double> MeasureAsync(string name, TimeSpan time, CancellationToken cancellationToken)
    {
        var (index, ended, began) = (0, 0, Stopwatch.GetTimestamp());
        var plan = new LoadPlan(LoadKind.RunToEnd, $"{_prefix}{name}-", int.MaxValue, 5, AtATime, time);
        await Task.WhenAll(Enumerable.Range(0, AtATime).Select(_ => Task.Run(LoopAsync, cancellationToken)));
        var peak = ended / Stopwatch.GetElapsedTime(began).TotalSeconds;
        errors.WriteLine($"overload, {name}: {peak:N0} processes/s with {AtATime} in flight");
        return peak;

        async Task LoopAsync()
        {
            while (Stopwatch.GetElapsedTime(began) < time)
            {
                await target.Client.DoAsync(plan, plan.IdOf(Interlocked.Increment(ref index)), cancellationToken);
                Interlocked.Increment(ref ended);
            }
        }
    }
}
