using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Families;

/// <summary>Kills of steps that do not stop, where nothing ends by its grace period.</summary>
/// <param name="stores">The clusters.</param>
/// <param name="kind">The store.</param>
public abstract class ForceKillTest(Stores stores, StoreKind kind) : FamilyTest(stores, kind)
{
    /// <inheritdoc/>
    protected override ClusterUse Use => ClusterUse.Patient;

    [Fact]
    public async Task LiveChildren_OfAKilledParent_AreThoseThatGoOn()
    {
        var parent = await StartAsync(MemberKind.Parent, MemberKind.Deaf);
        var child = await ChildAsync(parent, MemberKind.Deaf);
        var before = await parent.GetStatusAsync(Cancel);
        await parent.KillAsync("enough", cancellationToken: Cancel);
        await parent.WaitAsync(Cancel);

        var killed = await parent.GetStatusAsync(Cancel);
        Stage.Reach(child.Id, "go");
        var ended = await child.WaitAsync(Cancel);

        ended.State.ShouldBe(ProcessState.Killed, "what its step returns is dropped");
        before.LiveChildren.ShouldBe([child.Id]);
        killed.LiveChildren.ShouldBe([child.Id]);
        (await parent.GetStatusAsync(Cancel)).LiveChildren.ShouldBeEmpty();
    }

    [Fact]
    public async Task ForceKill_WithTheIdOfAPause_IsNotThatPauseAgain()
    {
        var parent = await StartAsync(MemberKind.Parent, MemberKind.Deaf);
        var child = (await ChildAsync(parent, MemberKind.Deaf)).WithControlId("mine");
        await child.PauseAsync("later", cancellationToken: Cancel);

        var answer = await child.KillAsync("now", force: true, Cancel);

        answer.Status.ShouldBe(ControlStatus.Accepted);
        (await child.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Killed);
        Stage.Reach(child.Id, "go");
    }

    [Fact]
    public async Task ForceKill_ChildThatDoesNotHearItsKill_EndsItAtOnce()
    {
        var parent = await StartAsync(MemberKind.Parent, MemberKind.Deaf);
        var child = await ChildAsync(parent, MemberKind.Deaf);
        await parent.KillAsync("enough", cancellationToken: Cancel);
        await parent.WaitAsync(Cancel);
        await Cluster.SettleAsync(child.Id);

        var answer = await child.KillAsync("now", force: true, Cancel);

        answer.Status.ShouldBe(ControlStatus.Accepted);
        (await child.WaitAsync(Cancel)).Message.ShouldBe($"its parent {parent.Id} ended", "the first text stays");
        (await parent.GetStatusAsync(Cancel)).LiveChildren.ShouldBeEmpty();
        Stage.Reach(child.Id, "go");
    }

    [Theory]
    [InlineData(MemberKind.Deaf)]
    [InlineData(MemberKind.Spins)]
    public async Task ForceKill_Parent_EndsAChildThatDoesNotStop(MemberKind does)
    {
        var parent = await StartAsync(MemberKind.Parent, does);
        var child = await ChildAsync(parent, does);

        await parent.KillAsync("now", force: true, Cancel);

        await StatusAsync(child, "is killed", static status => status.Summary.State == ProcessState.Killed);
        Stage.Reach(child.Id, "go");
    }

    [Fact]
    public async Task N8_ForceKillOfAStepThatHoldsItsThread_EndsAtOnceAndDropsTheLateResult()
    {
        var process = await StartAsync(MemberKind.Spins);
        await Stage.ReachedAsync(process.Id, "entered", Cancel);
        var waiting = process.WaitAsync(Cancel);

        await process.KillAsync("now", force: true, Cancel);
        var killed = (await process.GetStatusAsync(Cancel)).Summary;
        Stage.Reach(process.Id, "go");
        await Stage.ReachedAsync(process.Id, "returned", Cancel);
        await Cluster.SettleAsync(process.Id);

        killed.State.ShouldBe(ProcessState.Killed, "while the step still held its thread");
        (await process.GetStatusAsync(Cancel)).Summary.ShouldSatisfyAllConditions(
            s => s.State.ShouldBe(ProcessState.Killed),
            s => s.Version.ShouldBe(killed.Version));
        (await waiting).Message.ShouldBe("now");
    }
}

/// <summary>Kills by force in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryForceKillTests(Stores stores) : ForceKillTest(stores, StoreKind.Memory);

/// <summary>Kills by force on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteForceKillTests(Stores stores) : ForceKillTest(stores, StoreKind.Sqlite);

/// <summary>Kills by force on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresForceKillTests(Stores stores) : ForceKillTest(stores, StoreKind.Postgres);
