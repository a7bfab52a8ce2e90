using Orleans.Workflows.Grains.Overload;
using Orleans.Workflows.Grains.Running;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Supervision;

namespace Orleans.Workflows.Grains.Hosting;

/// <summary>Ready while the silo is an Active member, does not stop, and its store takes writes.</summary>
internal sealed class WorkflowHealth(
    ActiveLanes lanes,
    StartShedding shedding,
    IProcessStore store,
    IClusterMembershipService membership,
    ILocalSiloDetails details,
    LivenessAuditor auditor) : IWorkflowHealth
{
    /// <inheritdoc/>
    public StuckProcesses Stuck => auditor.Stuck;

    /// <inheritdoc/>
    public string? WhyNoStarts => (shedding.WhyNoStarts ?? shedding.Places.Shortage)?.Text;

    /// <inheritdoc/>
    public async Task<string?> WhyNotReadyAsync(CancellationToken cancellationToken)
    {
        var status = membership.CurrentSnapshot.GetSiloStatus(details.SiloAddress);
        if (status != SiloStatus.Active)
        {
            return $"The silo is {status} in the cluster's membership.";
        }

        if (lanes.IsDraining)
        {
            return "The silo stops.";
        }

        try
        {
            await store.PingAsync(cancellationToken);
            return null;
        }
        catch (StoreUnavailableException e)
        {
            return e.Message;
        }
    }
}
