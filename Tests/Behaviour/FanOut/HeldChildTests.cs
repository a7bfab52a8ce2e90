using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.FanOut;

/// <summary>Children whose turn has not come: what they say, and what can be done to them.</summary>
/// <param name="stores">The clusters.</param>
public sealed class HeldChildTests(Stores stores) : BehaviourTest(stores, StoreKind.Memory)
{
    [Fact]
    public async Task HeldChild_SaysThatItWaitsForItsTurn_AndIsNeverDue()
    {
        var parent = await StartAsync(children: 4);

        var held = await Child(parent, 3).GetStatusAsync(Cancel);
        await Cluster.SettleAsync(Child(parent, 3).Id);

        held.Summary.ShouldSatisfyAllConditions(
            s => s.State.ShouldBe(ProcessState.Created),
            s => s.DueAt.ShouldBeNull(),
            s => s.Paused.ShouldBeFalse());
        held.WaitingFor.ShouldBe("Its turn among the children of its parent, of which no more than 2 run at a time.");
        (await Child(parent, 3).GetStatusAsync(Cancel)).Summary.Version.ShouldBe(1);
        Open(parent, 0, 1, 2, 3);
        (await parent.GetResultAsync(Cancel)).Numbers.ShouldBe([0, 1, 2, 3]);
    }

    [Fact]
    public async Task HeldChild_ThatIsKilled_GivesNoPlaceFree()
    {
        var parent = await StartAsync(children: 6);

        foreach (var index in (int[])[2, 4])
        {
            await Child(parent, index).KillAsync("not you", cancellationToken: Cancel);
            await Child(parent, index).WaitAsync(Cancel);
        }

        await StatusAsync(parent, "has counted them", static status =>
            status.WaitingFor == "4 of 6 children of step 0 to end, no more than 2 at a time.");
        Open(parent, 0);
        await Stage.ReachedAsync(Child(parent, 3).Id, "entered", Cancel);
        Open(parent, 1, 3, 5);
        (await parent.GetResultAsync(Cancel)).Numbers.ShouldBe([0, 1, 3, 5]);
        Stage.GaugeOf(parent.Id).Most.ShouldBe(2);
    }

    [Fact]
    public async Task HeldChild_ThatAnOperatorContinues_RunsBesideTheOthers()
    {
        var parent = await StartAsync(children: 5);

        (await Child(parent, 3).ContinueAsync(Cancel)).Status.ShouldBe(ControlStatus.Accepted);
        await Stage.ReachedAsync(Child(parent, 3).Id, "entered", Cancel);
        Open(parent, 3);
        await Child(parent, 3).WaitAsync(Cancel);
        await StatusAsync(parent, "has counted it", static status =>
            status.WaitingFor == "4 of 5 children of step 0 to end, no more than 2 at a time.");

        Stage.GaugeOf(parent.Id).Inside.ShouldBe(2, "its end gives no place free: it took none");
        Open(parent, 0, 1, 2, 4);
        (await parent.GetResultAsync(Cancel)).Numbers.ShouldBe([0, 1, 2, 3, 4]);
        Stage.GaugeOf(parent.Id).Most.ShouldBe(3);
    }

    [Fact]
    public async Task HeldChildren_OfATreeThatIsPaused_StartWhenItIsPlayed()
    {
        var parent = await StartAsync(children: 4);
        await (await parent.PauseAsync("lunch", tree: true, cancellationToken: Cancel)).WaitForEffectAsync(Cancel);
        await StatusAsync(Child(parent, 3), "is paused", static status => status.Summary.Paused);
        Open(parent, 0, 1, 2, 3);
        await Child(parent, 0).WaitAsync(Cancel);
        await Child(parent, 1).WaitAsync(Cancel);
        await Cluster.SettleAsync(parent.Id);

        (await Child(parent, 2).GetStatusAsync(Cancel)).Summary.State.ShouldBe(ProcessState.Created);
        await parent.PlayAsync(tree: true, Cancel);

        (await parent.GetResultAsync(Cancel)).Numbers.ShouldBe([0, 1, 2, 3]);
    }

    private ProcessHandle Child(ProcessHandle parent, int index) => Client.GetHandle(parent.Id.Child(0, index));

    private async Task<ProcessHandle<FanOutOutput>> StartAsync(int children)
    {
        var parent = await Client.StartAsync(
            FanOutProcess.Type,
            new FanOutInput(children, Bound: 2, Gated: true),
            new StartOptions { Id = NewId() },
            Cancel);
        var gauge = Stage.GaugeOf(parent.Id);
        await UntilAsync("two run", () => Task.FromResult(gauge.Inside), static inside => inside == 2);
        await StatusAsync(parent, "waits for its children", static status =>
            status.Summary.State == ProcessState.Waiting);
        return parent;
    }

    private void Open(ProcessHandle parent, params ReadOnlySpan<int> indexes)
    {
        foreach (var index in indexes)
        {
            Stage.Reach(parent.Id.Child(0, index), "go");
        }
    }
}
