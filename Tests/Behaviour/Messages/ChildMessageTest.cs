using Orleans.Workflows.Behaviour.Clusters;
using Orleans.Workflows.Behaviour.Families;

namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>What parents and children owe each other, whatever the other one is doing.</summary>
/// <param name="stores">The clusters.</param>
/// <param name="kind">The store.</param>
public abstract class ChildMessageTest(Stores stores, StoreKind kind) : FamilyTest(stores, kind)
{
    [Fact]
    public async Task ChildThatEnds_WhileItsParentIsPaused_IsCountedOnPlay()
    {
        var parent = await StartAsync(MemberKind.Parent, MemberKind.Waits);
        var child = await ChildAsync(parent, MemberKind.Waits);
        await (await parent.PauseAsync("lunch", cancellationToken: Cancel)).WaitForEffectAsync(Cancel);

        await child.SignalAsync("go", "now", cancellationToken: Cancel);
        await child.WaitAsync(Cancel);
        await Cluster.SettleAsync(parent.Id);
        var paused = await parent.GetStatusAsync(Cancel);
        await parent.PlayAsync(cancellationToken: Cancel);

        paused.Summary.State.ShouldBe(ProcessState.Waiting);
        paused.Pending.ShouldBe(["ChildEnded"]);
        (await parent.GetResultAsync(Cancel)).Did.ShouldBe(MemberKind.Parent);
    }

    [Fact]
    public async Task ChildThatEnds_WhileItsParentIsNotLoaded_BringsItBack()
    {
        var parent = await StartAsync(MemberKind.Parent, MemberKind.Waits);
        var child = await ChildAsync(parent, MemberKind.Waits);
        await Cluster.UnloadAsync(parent.Id);

        await child.SignalAsync("go", "now", cancellationToken: Cancel);

        (await parent.GetResultAsync(Cancel)).Did.ShouldBe(MemberKind.Parent);
    }

    [Fact]
    public async Task ChildThatEnds_WhenItsParentIsGone_TellsNobodyAndHarmsNothing()
    {
        var parent = await StartAsync(MemberKind.Parent, MemberKind.Deaf);
        var child = await ChildAsync(parent, MemberKind.Deaf);
        await parent.KillAsync("enough", cancellationToken: Cancel);
        await parent.WaitAsync(Cancel);
        var before = await parent.GetStatusAsync(Cancel);

        // It goes on beside its kill for the grace period; then it ends, and has nobody to tell.
        Stage.Reach(child.Id, "go");
        (await child.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Killed);
        await Cluster.SettleAsync(parent.Id);

        before.LiveChildren.ShouldBe([child.Id]);
        var after = await parent.GetStatusAsync(Cancel);
        after.Summary.Version.ShouldBe(before.Summary.Version);
        after.Pending.ShouldBeEmpty();
        after.LiveChildren.ShouldBeEmpty();
        Cluster.Log.Lines.ShouldNotContain(line => line.Contains(parent.Id.Value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(150, 120)]
    public async Task ChildWhoseIdIsTaken_IsATypedFailureOfTheStep_AndTheOthersEndWithTheParent(int children, int index)
    {
        var taken = await Client.StartAsync(
            TakerProcess.Type,
            new TakerInput(1),
            new StartOptions { Id = NewId() },
            Cancel);

        var parent = await Client.StartAsync(
            NamingProcess.Type,
            new NamingInput(children, index, taken.Id),
            new StartOptions { Id = NewId() },
            Cancel);
        var outcome = await parent.WaitAsync(Cancel);

        outcome.State.ShouldBe(ProcessState.Excepted);
        outcome.Failure!.IsCausedBy<ProcessAlreadyExistsException>().ShouldBeTrue();
        outcome.Message!.ShouldContain(taken.Id.Value);
        var members = await UntilAsync(
            "the children that were stored before are killed",
            () => MembersAsync(parent),
            static members => members.All(static member => member.State.IsTerminal()));
        members.Count.ShouldBe(children == 1 ? 1 : 101, "the slice with the taken id is not stored");
        await taken.SignalAsync("item", "untouched", cancellationToken: Cancel);
        (await taken.GetResultAsync(Cancel)).Taken.ShouldBe(1);
    }
}

/// <summary>What families owe each other in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryChildMessageTests(Stores stores) : ChildMessageTest(stores, StoreKind.Memory);

/// <summary>What families owe each other on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteChildMessageTests(Stores stores) : ChildMessageTest(stores, StoreKind.Sqlite);

/// <summary>What families owe each other on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresChildMessageTests(Stores stores) : ChildMessageTest(stores, StoreKind.Postgres);
