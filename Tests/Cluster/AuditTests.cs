using Microsoft.Extensions.DependencyInjection;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Supervision;
using Orleans.Workflows.Shared.Processes;

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
        await auditor.AuditAsync([], Cancel);
        auditor.Stuck.Total.ShouldBe(0);

        var past = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(1);
        var late = await StoreAsync(cluster, "late", past);
        await cluster.Store.SendAsync(new InboxMessage { Receiver = late, MessageId = "s:1", Kind = MessageKind.Signal, Name = "go", SentAt = past }, Cancel);
        await auditor.AuditAsync([], Cancel);

        auditor.Stuck.ShouldBe(new StuckProcesses(LateTimers: 1, LateMessages: 1, Orphans: 0));
        services.GetRequiredService<IWorkflowHealth>().Stuck.Total.ShouldBe(2);

        await cluster.Cluster.Client.GetGrain<IProcessGrain>(late.Value).PokeAsync(null);
        await Eventually.TrueAsync("it has moved", async () => (await cluster.Store.LoadAsync(late, Cancel))!.Row.State.IsTerminal());
        await auditor.AuditAsync([], Cancel);
        auditor.Stuck.Total.ShouldBe(0);
    }

    private static async Task<ProcessId> StoreAsync(TestCluster cluster, string id, DateTimeOffset due)
    {
        var row = new ProcessRow
        {
            Id = ProcessId.Parse(id),
            RunId = "run",
            Type = Types.Hello.Name,
            DefinitionVersion = 1,
            State = ProcessState.Created,
            Root = ProcessId.Parse(id),
            CreatedAt = due,
            UpdatedAt = due,
            DueAt = due,
            Version = 1,
            StartRequestId = "request",
            Input = """{"name":"late"}"""u8.ToArray(),
            Checkpoint = System.Text.Encoding.UTF8.GetBytes($$$"""{"format":1,"position":"","wait":{"kind":1,"then":"","until":"{{{due:O}}}"}}"""),
        };
        var commit = new ProcessCommit { OperationId = Guid.CreateVersion7(), Row = row, ExpectedVersion = 0, History = [new HistoryEvent(HistoryKind.Created)] };
        (await cluster.Store.CommitAsync(commit, Cancel)).Status.ShouldBe(CommitStatus.Done);
        return row.Id;
    }
}
