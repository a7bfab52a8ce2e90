using Orleans.Workflows.Behaviour.Clusters;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Behaviour.Hooks;

/// <summary>Hooks of commits that fail.</summary>
public sealed class HookRepeatTests
{
    [Fact]
    public async Task Hooks_OfACommitThatFails_RunAgainAndListenersDoNot()
    {
        var cancel = TestContext.Current.CancellationToken;
        var id = ProcessId.Parse($"t-{Guid.NewGuid():N}");
        CutOffProcessStore? cut = null;
        await using var cluster = await BehaviourCluster.StartAsync(StoreKind.Memory, store =>
            cut = new CutOffProcessStore(store));
        cut!.Plan(
            id,
            new CutOffPlan(access: 1, CutOffMode.RefusedBefore)
            {
                Only = nameof(IProcessStore.CommitAsync),
                Until = 1,
            });
        cluster.Stage.Reach(id, "fail step");

        var process = await cluster.Client.StartAsync(
            HookedProcess.Type,
            new HookInput(),
            new StartOptions { Id = id },
            cancel);
        await process.WaitAsync(cancel);
        await cluster.Stage.ReachedAsync(id, "cleaned up", cancel);

        var notes = cluster.Stage.NotesOf(id);
        notes.Count(static note => note.StartsWith("OnRun", StringComparison.Ordinal)).ShouldBe(2);
        notes.Count(static note => note.StartsWith("told Run", StringComparison.Ordinal)).ShouldBe(1);
        notes.Count(static note => note.StartsWith("OnEnded", StringComparison.Ordinal)).ShouldBe(1);
    }
}
