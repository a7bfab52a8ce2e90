using System.Diagnostics;

namespace Orleans.Workflows.Benchmarks.Load;

/// <summary>
/// Carries out a plan with as many loops as processes may be under way. Used inside the silo's process and in one of
/// its own.
/// </summary>
/// <param name="client">What the loops call.</param>
internal sealed class LoadRunner(ILoadClient client)
{
    private int _taken;
    private int _done;

    /// <summary>How many processes are done.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>Carries out a plan. Called once.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was measured; the CPU time is that of this program.</returns>
    /// <exception cref="BenchmarkException">The deadline was over, or a process did not do what it should.</exception>
    public async Task<LoadResult> RunAsync(LoadPlan plan, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(plan.Deadline, TimeProvider.System);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var latencies = new double[plan.Count];
        var cpu = Environment.CpuUsage.TotalTime;
        var began = Stopwatch.GetTimestamp();
        try
        {
            await Task.WhenAll(
                Enumerable
                    .Range(0, Math.Min(plan.InFlight, plan.Count))
                    .Select(_ => Task.Run(() => LoopAsync(plan, latencies, both), cancellationToken)));
            await client.SettleAsync(plan, both.Token);
        }
        catch (OperationCanceledException)
            when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new BenchmarkException(
                $"{Done:N0} of {plan.Count:N0} processes were done when the run's deadline of "
                + $"{plan.Deadline.TotalSeconds:N0} s was over. Give fewer with --count, or more time with --deadline."
            );
        }

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return new LoadResult(seconds, latencies, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    }

    private async Task LoopAsync(LoadPlan plan, double[] latencies, CancellationTokenSource stop)
    {
        try
        {
            while (Interlocked.Increment(ref _taken) - 1 is var index && index < plan.Count)
            {
                var began = Stopwatch.GetTimestamp();
                await client.DoAsync(plan, plan.IdOf(index), stop.Token);
                latencies[index] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
                Interlocked.Increment(ref _done);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One process that goes wrong spoils the run; the other loops need not go on.
            await stop.CancelAsync();
            throw new BenchmarkException($"A process did not do what it should: {e.Message}", e);
        }
    }
}
