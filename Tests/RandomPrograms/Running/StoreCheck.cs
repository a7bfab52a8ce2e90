using Microsoft.Extensions.DependencyInjection;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Supervision;

namespace Orleans.Workflows.RandomPrograms.Running;

/// <summary>Checks what is left in the store when every process has ended: nothing that anybody waits for.</summary>
internal static class StoreCheck
{
    /// <summary>Finds faults.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <returns>The faults.</returns>
    public static async Task<IReadOnlyList<string>> FaultsAsync(RandomCluster cluster)
    {
        var store = cluster.Store.Inner;
        var faults = new List<string>();
        var owners = await store.ListOwnersAsync(CancellationToken.None);
        if (owners.Count > 0)
        {
            faults.Add($"processes that have ended are owned by {string.Join(", ", owners)}");
        }

        var due = await store.ScanDueAsync(
            SliceRange.All,
            DateTimeOffset.MaxValue,
            after: null,
            10,
            CancellationToken.None);
        faults.AddRange(due.Select(static process => $"{process.Id} has ended and is due at {process.DueAt:O}"));
        var unseen = await store.ScanUnseenAsync(
            SliceRange.All,
            DateTimeOffset.MaxValue,
            afterSequence: 0,
            10,
            CancellationToken.None);
        faults.AddRange(
            unseen.Select(static message => $"{message.Receiver} has ended and has an open message: {message.Kind}"));
        foreach (var silo in cluster.Silos)
        {
            var auditor = silo.ServiceProvider.GetRequiredService<LivenessAuditor>();
            await auditor.AuditAsync([], CancellationToken.None);
            if (auditor.Stuck.Total != 0)
            {
                faults.Add($"the auditor of {silo.Name} counts {auditor.Stuck}");
            }
        }

        return faults;
    }
}
