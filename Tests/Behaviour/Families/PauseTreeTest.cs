using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Families;

/// <summary>Pause and play of a whole tree.</summary>
/// <param name="stores">The clusters.</param>
/// <param name="kind">The store.</param>
public abstract class PauseTreeTest(Stores stores, StoreKind kind) : FamilyTest(stores, kind)
{
    [Fact]
    public async Task PauseAndPlay_WholeTree_ReachThoseWhoWait()
    {
        var (root, child, grandchild) = await StartThreeAsync(MemberKind.Waits);

        await root.PauseAsync("lunch", tree: true, cancellationToken: Cancel);
        var paused = await PausedAsync(root, child, grandchild);
        await grandchild.SignalAsync("go", "on", cancellationToken: Cancel);
        await Cluster.SettleAsync(grandchild.Id);
        var kept = await grandchild.GetStatusAsync(Cancel);
        await root.PlayAsync(tree: true, Cancel);

        paused.ShouldAllBe(status => status.Summary.StatusText == "lunch");
        kept.Summary.State.ShouldBe(ProcessState.Waiting);
        (await root.GetResultAsync(Cancel)).Did.ShouldBe(MemberKind.Parent);
    }

    [Fact]
    public async Task PauseAndPlay_WholeTree_ReachAGrandchildThatRuns()
    {
        var (root, child, grandchild) = await StartThreeAsync(MemberKind.Runs);

        await root.PauseAsync("lunch", tree: true, cancellationToken: Cancel);
        await StatusAsync(grandchild, "is to be paused", static status => status.Pending.Contains("Pause"));
        await Cluster.SettleAsync(grandchild.Id);
        Stage.Reach(grandchild.Id, "go");
        await PausedAsync(root, child, grandchild);
        await root.PlayAsync(tree: true, Cancel);

        (await root.GetResultAsync(Cancel)).Did.ShouldBe(MemberKind.Parent);
    }

    [Fact]
    public async Task PauseAndPlay_WholeTree_ReachChildrenThatHaveNotStarted()
    {
        var root = await StartAsync(MemberKind.GatedParent, MemberKind.Parent, MemberKind.Waits);
        await Stage.ReachedAsync(root.Id, "entered", Cancel);
        await root.PauseAsync("lunch", tree: true, cancellationToken: Cancel);
        await Cluster.SettleAsync(root.Id);
        Stage.Reach(root.Id, "go");
        var child = Client.GetHandle(root.Id.Child(1, 0));
        await StatusAsync(root, "waits", static status =>
            status.Summary is { State: ProcessState.Waiting, Paused: true });

        var paused = await StatusAsync(child, "is paused", static status => status.Summary.Paused);
        await root.PlayAsync(tree: true, Cancel);
        var grandchild = await ChildAsync(child, MemberKind.Waits);
        await grandchild.SignalAsync("go", "on", cancellationToken: Cancel);

        paused.Summary.State.ShouldBe(ProcessState.Created);
        (await root.GetResultAsync(Cancel)).Did.ShouldBe(MemberKind.GatedParent);
    }

    [Fact]
    public async Task Pause_OneProcess_ReachesNobodyElse()
    {
        var (root, child, grandchild) = await StartThreeAsync(MemberKind.Waits);

        await (await root.PauseAsync("only me", cancellationToken: Cancel)).WaitForEffectAsync(Cancel);
        await grandchild.SignalAsync("go", "on", cancellationToken: Cancel);
        await child.WaitAsync(Cancel);
        await Cluster.SettleAsync(root.Id);

        (await root.GetStatusAsync(Cancel)).Summary.ShouldSatisfyAllConditions(
            s => s.Paused.ShouldBeTrue(),
            s => s.State.ShouldBe(ProcessState.Waiting));
        await root.PlayAsync(cancellationToken: Cancel);
        (await root.GetResultAsync(Cancel)).Did.ShouldBe(MemberKind.Parent);
    }

    [Fact]
    public async Task Play_OneProcess_LeavesItsChildrenPaused()
    {
        var (root, child, grandchild) = await StartThreeAsync(MemberKind.Waits);
        await root.PauseAsync("lunch", tree: true, cancellationToken: Cancel);
        await PausedAsync(root, child, grandchild);

        await (await root.PlayAsync(cancellationToken: Cancel)).WaitForEffectAsync(Cancel);

        (await MembersAsync(root)).Select(static member => member.Paused).ShouldBe([false, true, true]);
    }

    private async Task<(
        ProcessHandle<MemberOutput> Root,
        ProcessHandle Child,
        ProcessHandle Grandchild
    )> StartThreeAsync(MemberKind does)
    {
        var root = await StartAsync(MemberKind.Parent, MemberKind.Parent, does);
        var child = await ChildAsync(root, MemberKind.Parent);
        return (root, child, await ChildAsync(child, does));
    }

    private static Task<ProcessStatus[]> PausedAsync(params ProcessHandle[] members) =>
        Task.WhenAll(
            members.Select(static member => StatusAsync(member, "is paused", static status => status.Summary.Paused)));
}

/// <summary>Pauses of families in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryPauseTreeTests(Stores stores) : PauseTreeTest(stores, StoreKind.Memory);

/// <summary>Pauses of families on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqlitePauseTreeTests(Stores stores) : PauseTreeTest(stores, StoreKind.Sqlite);

/// <summary>Pauses of families on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresPauseTreeTests(Stores stores) : PauseTreeTest(stores, StoreKind.Postgres);
