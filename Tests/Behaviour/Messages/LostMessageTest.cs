using Orleans.Workflows.Behaviour.Clusters;
using Orleans.Workflows.Behaviour.Families;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>Messages whose sender is gone right after the commit that has them, before it could poke anybody.</summary>
/// <param name="kind">The store.</param>
public abstract class LostMessageTest(StoreKind kind)
{
    [Fact]
    public async Task KillOfAParent_ThatIsGoneRightAfterItsCommit_KillsItsChildren()
    {
        var (cluster, store) = await StartAsync();
        await using var owned = cluster;
        var (parent, child) = await FamilyAsync(cluster);
        var plan = Lose(store, parent.Id);

        await parent.KillAsync("enough", cancellationToken: Cancel);
        await plan.Cut.WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        var outcome = await EndAsync(child);
        plan.End();
        outcome.State.ShouldBe(ProcessState.Killed);
        outcome.Message.ShouldBe($"its parent {parent.Id} ended");
    }

    [Fact]
    public async Task F22_EndOfAChild_ThatIsGoneRightAfterItsCommit_IsCountedByItsParent()
    {
        var (cluster, store) = await StartAsync();
        await using var owned = cluster;
        var (parent, child) = await FamilyAsync(cluster);

        // The first commit takes the signal in, the second one is the end.
        var plan = Lose(store, child.Id, access: 2);
        await child.SignalAsync("go", "now", cancellationToken: Cancel);
        await plan.Cut.WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        var outcome = await EndAsync(parent);
        plan.End();
        outcome.State.ShouldBe(ProcessState.Finished);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A supervisor looks every second; what it does not find is found by nobody.</summary>
    private static async Task<ProcessOutcome> EndAsync(ProcessHandle process)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        try
        {
            return await process.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!Cancel.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"Expected within a minute: the supervisors bring {process.Id} the message that nobody has poked it "
                + "for.");
        }
    }

    private async Task<(BehaviourCluster Cluster, CutOffProcessStore Store)> StartAsync()
    {
        CutOffProcessStore? cut = null;
        var cluster = await BehaviourCluster.StartAsync(kind, store => cut = new CutOffProcessStore(store));
        return (cluster, cut!);
    }

    private static CutOffPlan Lose(CutOffProcessStore store, ProcessId id, int access = 1)
    {
        var plan = new CutOffPlan(access, CutOffMode.SilentAfter)
        {
            Only = nameof(IProcessStore.CommitAsync),
            WithDescendants = false,
        };
        store.Plan(id, plan);
        return plan;
    }

    private static async Task<(ProcessHandle Parent, ProcessHandle Child)> FamilyAsync(BehaviourCluster cluster)
    {
        var input = new MemberInput([MemberKind.Parent, MemberKind.Waits]);
        var parent = await cluster.Client.StartAsync(
            MemberProcess.Type,
            input,
            new StartOptions { Id = ProcessId.Parse($"t-{Guid.NewGuid():N}") },
            Cancel);
        await cluster.Stage.ReachedAsync(parent.Id.Child(0, 0), "started", Cancel);
        var child = cluster.Client.GetHandle(parent.Id.Child(0, 0));
        while ((await child.GetStatusAsync(Cancel)).Summary.State != ProcessState.Waiting)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancel);
        }

        return (parent, child);
    }
}

/// <summary>Messages of senders that are gone, in memory.</summary>
public sealed class MemoryLostMessageTests() : LostMessageTest(StoreKind.Memory);

/// <summary>Messages of senders that are gone, on SQLite.</summary>
public sealed class SqliteLostMessageTests() : LostMessageTest(StoreKind.Sqlite);

/// <summary>Messages of senders that are gone, on PostgreSQL.</summary>
public sealed class PostgresLostMessageTests() : LostMessageTest(StoreKind.Postgres);
