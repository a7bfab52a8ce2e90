using Orleans.Workflows.Benchmarks.Processes;

namespace Orleans.Workflows.Benchmarks.Load;

/// <summary>Uses the client SDK as a service does.</summary>
/// <param name="processes">The SDK.</param>
internal sealed class ProcessLoadClient(IProcessClient processes) : ILoadClient
{
    private static readonly TimeSpan SettlePause = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public async Task DoAsync(LoadPlan plan, string id, CancellationToken cancellationToken)
    {
        var options = new StartOptions { Id = ProcessId.Parse(id), Paused = plan.Kind == LoadKind.StartOnly };
        switch (plan.Kind)
        {
            case LoadKind.RunToEnd:
                var hello = await processes.StartAsync(
                    BenchmarkTypes.Hello,
                    new HelloInput(plan.Steps, BenchmarkTypes.Carried),
                    options,
                    cancellationToken);
                await hello.GetResultAsync(cancellationToken);
                break;
            case LoadKind.StartOnly:
                await processes.StartAsync(
                    BenchmarkTypes.Hello,
                    new HelloInput(plan.Steps, BenchmarkTypes.Carried),
                    options,
                    cancellationToken);
                break;
            case LoadKind.StartAndWait:
                await processes.StartAsync(
                    BenchmarkTypes.Waits,
                    new WaitsInput(BenchmarkTypes.Carried),
                    options,
                    cancellationToken);
                break;
            case LoadKind.SignalAndEnd:
                var waiting = processes.GetHandle<WaitsOutput>(ProcessId.Parse(id));
                await waiting.SignalAsync(Waits.Signal, BenchmarkTypes.Carried, signalId: "go", cancellationToken);
                await waiting.GetResultAsync(cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"Unknown load {plan.Kind}.");
        }
    }

    /// <inheritdoc/>
    public async Task SettleAsync(LoadPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Kind != LoadKind.StartAndWait)
        {
            return;
        }

        while (await CountWaitingAsync(plan.Prefix, cancellationToken) < plan.Count)
        {
            await Task.Delay(SettlePause, TimeProvider.System, cancellationToken);
        }
    }

    private async Task<int> CountWaitingAsync(string prefix, CancellationToken cancellationToken) =>
        await processes
            .ListAsync(
                new ProcessQuery
                {
                    IdPrefix = prefix,
                    States = [ProcessState.Waiting],
                    PageSize = 1_000,
                },
                cancellationToken)
            .CountAsync(cancellationToken);
}
