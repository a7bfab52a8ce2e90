using Microsoft.Extensions.Options;
using Orleans.Workflows.Grains.Overload;
using Orleans.Workflows.Grains.Running;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Supervision;

namespace Orleans.Workflows.Grains.Hosting;

/// <summary>Starts and stops the engine with its silo, each part at its stage.</summary>
/// <remarks>
/// On the way down: first no step begins and running ones have the drain budget, then their tokens are cancelled and
/// the processes given back, all while the silo is still an Active member; then Orleans takes its turn; the store goes
/// last.
/// </remarks>
internal sealed class WorkflowSiloLifecycle(
    ActiveLanes lanes,
    IProcessStore store,
    SiloSupervision supervision,
    StartShedding shedding,
    IOptions<WorkflowOptions> options) : ILifecycleParticipant<ISiloLifecycle>
{
    /// <inheritdoc/>
    public void Participate(ISiloLifecycle lifecycle)
    {
        lifecycle.Subscribe(
            nameof(IProcessStore),
            ServiceLifecycleStage.RuntimeStorageServices,
            store.InitializeAsync,
            _ => store.DisposeAsync().AsTask());
        lifecycle.Subscribe(nameof(WorkflowSiloLifecycle), ServiceLifecycleStage.Active, Start, StopAsync);
    }

    private Task Start(CancellationToken cancellationToken)
    {
        supervision.Start();
        shedding.Start();
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        lanes.Drain();
        await supervision.StopAsync();
        // Real time, whatever clock the engine has: a clock that stands still must not keep the host from stopping.
        var began = TimeProvider.System.GetTimestamp();
        while (lanes.All.Count > 0
            && TimeProvider.System.GetElapsedTime(began) < options.Value.DrainTimeout
            && !cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }

        await Task.WhenAll(lanes.All.Select(static lane => lane.Value.GiveBackAsync()));
    }
}
