using Microsoft.Extensions.DependencyInjection;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Supervision;

namespace Orleans.Workflows.Cluster;

/// <summary>What is stuck is seen. Supervisors that never scan make it so.</summary>
public sealed class AuditTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Auditor_LateTimerAndMessage_AreCountedUntilTheyMove()
    {
        await using var cluster = await TestCluster.StartAsync(configure: options => options.SupervisorTriggers = SupervisorTriggers.None);
        var services = cluster.Cluster.Silos[0].ServiceProvider;
        var auditor = services.GetRequiredService<LivenessAuditor>();
        await auditor.AuditAsync(Cancel);
        auditor.Stuck.Total.ShouldBe(0);

        var past = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(1);
        var late = await StoredRows.DueAsync(cluster.Store, "late", past);
        await cluster.Store.SendAsync(new InboxMessage { Receiver = late, MessageId = "s:1", Kind = MessageKind.Signal, Name = "go", SentAt = past }, Cancel);
        await auditor.AuditAsync(Cancel);

        auditor.Stuck.ShouldBe(new StuckProcesses(LateTimers: 1, LateMessages: 1, Orphans: 0));
        services.GetRequiredService<IWorkflowHealth>().Stuck.Total.ShouldBe(2);

        await cluster.Cluster.Client.GetGrain<IProcessGrain>(late.Value).PokeAsync(null);
        await Eventually.TrueAsync("it has moved", async () => (await cluster.Store.LoadAsync(late, Cancel))!.Row.State.IsTerminal());
        await auditor.AuditAsync(Cancel);
        auditor.Stuck.Total.ShouldBe(0);
    }
}
