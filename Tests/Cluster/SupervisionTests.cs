using Orleans.Workflows.Grains.Supervision;

namespace Orleans.Workflows.Cluster;

/// <summary>What supervisors find in the store, and how much of it they wake at a time.</summary>
public sealed class SupervisionTests
{
    private const string DeadSilo = "192.0.2.1:11111@1";

    private static readonly string[] NoAddresses = ["nobody", "S1.2.3.4:5:6", "1.2.3.4:x@y"];

    [Fact]
    public async Task Owner_ThatIsNoAddress_IsTakenForDeadAndHoldsUpNothing()
    {
        await using var cluster = await TestCluster.StartAsync(configure: static options =>
            options.OwnerScanInterval = TimeSpan.FromSeconds(1));
        var now = TimeProvider.System.GetUtcNow();

        var spoilt = await Task.WhenAll(
            NoAddresses.Select((owner, i) => StoredRows.OwnedAsync(cluster.Store, $"spoilt-{i}", owner, now)));
        var orphan = await StoredRows.OwnedAsync(cluster.Store, "orphan", DeadSilo, now);
        var due = await StoredRows.DueAsync(cluster.Store, "due", now);

        foreach (var id in spoilt.Append(orphan).Append(due))
        {
            await Eventually.TrueAsync($"process {id} has finished", () =>
                StoredRows.HasFinishedAsync(cluster.Store, id));
        }
    }

    [Fact]
    public async Task Timer_BetweenTwoScans_RingsWhenItIsDue()
    {
        await using var cluster = await TestCluster.StartAsync(configure: static options =>
            (options.Supervisors, options.ScanInterval, options.OwnerScanInterval) = (
                1,
                TimeSpan.FromMinutes(1),
                TimeSpan.FromMinutes(10)));
        var id = await StoredRows.DueAsync(
            cluster.Store,
            "between",
            TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(3));

        // This scan sees the timer, which is not due yet; the next one comes when a minute has passed since the start.
        await cluster.Grains.GetGrain<ISupervisorGrain>(new SupervisorKey(0, 1).Value).ScanAsync(ownersToo: false);

        await Eventually.TrueAsync("the timer has rung", () => StoredRows.HasFinishedAsync(cluster.Store, id));
    }
}
