using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Families;

/// <summary>Who ends with a parent that is killed.</summary>
/// <param name="stores">The clusters.</param>
/// <param name="kind">The store.</param>
public abstract class KillTreeTest(Stores stores, StoreKind kind) : FamilyTest(stores, kind)
{
    [Theory]
    [InlineData(MemberKind.Runs, false)]
    [InlineData(MemberKind.Runs, true)]
    [InlineData(MemberKind.Waits, false)]
    [InlineData(MemberKind.Waits, true)]
    [InlineData(MemberKind.NeverStarts, false)]
    [InlineData(MemberKind.NeverStarts, true)]
    public async Task Kill_Parent_KillsItsChild(MemberKind does, bool force)
    {
        var parent = await StartAsync(MemberKind.Parent, does);
        var child = await ChildAsync(parent, does);

        await parent.KillAsync("enough", force, Cancel);

        (await parent.WaitAsync(Cancel)).Message.ShouldBe("enough");
        (await child.WaitAsync(Cancel)).ShouldSatisfyAllConditions(
            o => o.State.ShouldBe(ProcessState.Killed),
            o => o.Message.ShouldBe($"its parent {parent.Id} ended"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kill_ParentOfAPausedChild_KillsIt(bool force)
    {
        var parent = await StartAsync(MemberKind.Parent, MemberKind.Waits);
        var child = await ChildAsync(parent, MemberKind.Waits);
        await (await child.PauseAsync("lunch", cancellationToken: Cancel)).WaitForEffectAsync(Cancel);

        await parent.KillAsync("enough", force, Cancel);

        (await child.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Killed);
        (await child.GetStatusAsync(Cancel)).Summary.Paused.ShouldBeFalse();
    }

    [Theory]
    [InlineData(MemberKind.Runs, false)]
    [InlineData(MemberKind.Waits, true)]
    [InlineData(MemberKind.NeverStarts, false)]
    public async Task Kill_Root_KillsItsGrandchild(MemberKind does, bool force)
    {
        var root = await StartAsync(MemberKind.Parent, MemberKind.Parent, does);
        var child = await ChildAsync(root, MemberKind.Parent);
        var grandchild = await ChildAsync(child, does);

        await root.KillAsync("enough", force, Cancel);

        (await grandchild.WaitAsync(Cancel)).Message.ShouldBe($"its parent {child.Id} ended");
        (await MembersAsync(root)).ShouldAllBe(member => member.State == ProcessState.Killed);
    }

    [Fact]
    public async Task Kill_ParentWhileItsChildrenAreBeingCreated_LeavesNoneAlive()
    {
        var parent = await StartAsync(120, MemberKind.GatedParent, MemberKind.Waits);
        await Stage.ReachedAsync(parent.Id, "entered", Cancel);
        await parent.KillAsync("enough", cancellationToken: Cancel);
        await Cluster.SettleAsync(parent.Id);

        Stage.Reach(parent.Id, "go");
        await parent.WaitAsync(Cancel);

        var members = await UntilAsync(
            "all are killed",
            () => MembersAsync(parent),
            static members => members.All(static member => member.State == ProcessState.Killed));
        members.Count.ShouldBeLessThan(121, "those that were not created yet never are");
    }

    [Fact]
    public async Task Kill_Child_IsDataForItsParent()
    {
        var parent = await StartAsync(MemberKind.Parent, MemberKind.Waits);
        var child = await ChildAsync(parent, MemberKind.Waits);

        await child.KillAsync("only you", cancellationToken: Cancel);

        (await parent.GetResultAsync(Cancel)).Did.ShouldBe(MemberKind.Parent);
    }
}

/// <summary>Kills of families in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryKillTreeTests(Stores stores) : KillTreeTest(stores, StoreKind.Memory);

/// <summary>Kills of families on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteKillTreeTests(Stores stores) : KillTreeTest(stores, StoreKind.Sqlite);

/// <summary>Kills of families on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresKillTreeTests(Stores stores) : KillTreeTest(stores, StoreKind.Postgres);
