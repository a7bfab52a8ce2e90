using Orleans.TestingHost;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.RandomPrograms.Running;

namespace Orleans.Workflows.RandomPrograms.Chaos;

/// <summary>Kills silos, stops them, lets clocks jump and ends activations, while programs run.</summary>
/// <param name="cluster">The cluster.</param>
internal sealed class ChaosMonkey(RandomCluster cluster)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    /// <summary>Does so until it is told to end.</summary>
    /// <param name="end">Ends it; what it has begun it brings to its end.</param>
    /// <returns>Completes when there are as many silos as before.</returns>
    public async Task RunAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            if (cluster.Dice.Falls(FaultKind.ClockJump, 0.08))
            {
                cluster.Pump.Jump(TimeSpan.FromMinutes(1 + cluster.Dice.Next(180)));
            }

            if (cluster.Dice.Falls(FaultKind.Deactivation, 0.5))
            {
                Deactivate();
            }

            if (cluster.Dice.Falls(FaultKind.SiloKill, 0.04))
            {
                await cluster.CrashAsync(AnySilo());
                await cluster.Cluster.StartAdditionalSiloAsync();
            }
            else if (cluster.Dice.Falls(FaultKind.SiloStop, 0.02))
            {
                await cluster.Cluster.StopSiloAsync(AnySilo(), CancellationToken.None);
                await cluster.Cluster.StartAdditionalSiloAsync();
            }

            await Task.Delay(Beat, TimeProvider.System, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private InProcessSiloHandle AnySilo() => cluster.Silos[cluster.Dice.Next(cluster.Silos.Count)];

    private void Deactivate()
    {
        foreach (
            var view in cluster
                .Store.Views.Values.Where(static view => view.Row.State == ProcessState.Running)
                .Take(4)
                .ToList())
        {
            cluster.Cluster.DeactivateAsync(cluster.Cluster.Client.GetGrain<IProcessGrain>(view.Row.Id.Value)).Ignore();
        }
    }
}
