using Orleans.Workflows.Benchmarks.Load;
using Orleans.Workflows.Benchmarks.Processes;

namespace Orleans.Workflows.Benchmarks.Baseline;

/// <summary>Calls the plain grains of the baseline.</summary>
/// <param name="grains">Finds them.</param>
internal sealed class BaselineLoadClient(IGrainFactory grains) : ILoadClient
{
    /// <inheritdoc/>
    public async Task DoAsync(LoadPlan plan, string id, CancellationToken cancellationToken)
    {
        var steps = plan.Kind switch
        {
            LoadKind.RunToEnd => plan.Steps,
            LoadKind.StartOnly => 0,
            _ => throw new InvalidOperationException($"The baseline has no {plan.Kind}."),
        };
        var writes = await grains
            .GetGrain<IBaselineGrain>(id)
            .RunAsync(steps, BenchmarkTypes.Carried)
            .WaitAsync(cancellationToken);
        if (writes != steps + 1)
        {
            throw new BenchmarkException($"{id} made {writes} writes instead of {steps + 1}.");
        }
    }

    /// <inheritdoc/>
    public Task SettleAsync(LoadPlan plan, CancellationToken cancellationToken) => Task.CompletedTask;
}
