namespace Orleans.Workflows.Benchmarks.Load;

/// <summary>Runs the client inside the silo's process.</summary>
/// <param name="client">The client.</param>
internal sealed class LocalDriver(ILoadClient client) : ILoadDriver
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public ClientPlace Place => ClientPlace.InProcess;

    /// <inheritdoc/>
    public async Task<LoadResult> RunAsync(LoadPlan plan, Action<int> progress, CancellationToken cancellationToken)
    {
        var runner = new LoadRunner(client);
        var run = runner.RunAsync(plan, cancellationToken);
        using var timer = new PeriodicTimer(Period, TimeProvider.System);
        while (await Task.WhenAny(run, timer.WaitForNextTickAsync(CancellationToken.None).AsTask()) != run)
        {
            progress(runner.Done);
        }

        // Its CPU time is the silo's too.
        return await run with { CpuSeconds = null };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
