using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Families;

/// <summary>The tree of a process.</summary>
/// <param name="stores">The clusters.</param>
/// <param name="kind">The store.</param>
public abstract class TreeTest(Stores stores, StoreKind kind) : FamilyTest(stores, kind)
{
    [Fact]
    public async Task Tree_OfARoot_HasAllGenerationsInOrderOfStart()
    {
        var root = await StartAsync(12, MemberKind.Parent, MemberKind.Waits);
        await ChildAsync(root, MemberKind.Waits);

        var tree = await root.GetTreeAsync(Cancel);

        tree.Process.Id.ShouldBe(root.Id);
        tree.Children.Select(static child => child.Process.Id)
            .ShouldBe(Enumerable.Range(0, 12).Select(index => root.Id.Child(0, index)));
        await root.KillAsync(cancellationToken: Cancel);
    }

    [Fact]
    public async Task Tree_OfAMiddleProcess_HasWhatIsBelowIt()
    {
        var root = await StartAsync(2, MemberKind.Parent, MemberKind.Parent, MemberKind.Waits);
        var child = await ChildAsync(root, MemberKind.Parent);
        await ChildAsync(child, MemberKind.Waits);
        await ChildAsync(Client.GetHandle(root.Id.Child(0, 1)), MemberKind.Waits);

        var whole = await root.GetTreeAsync(Cancel);
        var below = await child.GetTreeAsync(Cancel);

        whole.Flatten().Select(static member => member.Depth).ShouldBe([0, 1, 2, 2, 1, 2, 2]);
        below.Flatten().Select(static member => (member.Depth, member.Process.Id))
            .ShouldBe([(0, child.Id), (1, child.Id.Child(0, 0)), (1, child.Id.Child(0, 1))]);
        below.Process.ShouldSatisfyAllConditions(
            p => p.Parent.ShouldBe(root.Id),
            p => p.Root.ShouldBe(root.Id));
        await root.KillAsync(cancellationToken: Cancel);
    }

    [Fact]
    public async Task Tree_MissingProcess_SaysSo() =>
        await Should.ThrowAsync<ProcessNotFoundException>(() => Client.GetHandle(NewId()).GetTreeAsync(Cancel));
}

/// <summary>Trees in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryTreeTests(Stores stores) : TreeTest(stores, StoreKind.Memory);

/// <summary>Trees on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteTreeTests(Stores stores) : TreeTest(stores, StoreKind.Sqlite);

/// <summary>Trees on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresTreeTests(Stores stores) : TreeTest(stores, StoreKind.Postgres);
