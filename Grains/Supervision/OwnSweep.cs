using Microsoft.Extensions.Options;
using Orleans.Workflows.Grains.Running;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Supervision;

/// <summary>
/// Compares what the rows say that this silo runs with what it runs: wakes what it owns and does not run, stops what it
/// runs and does not own, ends what has outlived its deadline.
/// </summary>
internal sealed class OwnSweep(
    IProcessStore store,
    Decisions decisions,
    ActiveLanes lanes,
    ProcessPlaces places,
    OverdueKill overdueKill,
    LivenessAuditor auditor,
    IOptions<WorkflowOptions> options)
{
    private const int PageSize = 256;

    private readonly WakeBackoff _backoff = new(TimeProvider.System);

    /// <summary>Looks once.</summary>
    /// <returns>Completes when it has looked, and what is stuck is counted.</returns>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        _backoff.Prune();
        var undriven = new List<ProcessId>();
        var notOwned = lanes.All.ToDictionary();
        await foreach (
            var (id, needs, _) in store.OwnedAsync(decisions.Owner, SliceRange.All, PageSize, cancellationToken))
        {
            notOwned.Remove(id);
            if (lanes.Contains(id))
            {
                continue;
            }

            undriven.Add(id);
            if (_backoff.MayWake(id, cause: 0, out _))
            {
                _backoff.Note(id, cause: 0);
                places.Poke(id, needs);
            }
        }

        // It was killed or taken over elsewhere, or has just ended.
        foreach (var lane in notOwned.Values)
        {
            await lane.StopIfMovedAsync(decisions.Owner, cancellationToken);
        }

        foreach (var (id, lane) in lanes.All)
        {
            if (lane.IsOverdue(options.Value.GracePeriod + OverdueKill.Margin))
            {
                await overdueKill.CarryOutAsync(id, cancellationToken);
            }
        }

        await auditor.AuditAsync(undriven, cancellationToken);
    }
}
