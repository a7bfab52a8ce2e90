using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>Outlines with steps that await, and with a child of the last step.</summary>
/// <param name="stores">The clusters.</param>
public sealed class LastChildTests(Stores stores) : BehaviourTest(stores, StoreKind.Memory)
{
    [Fact]
    public async Task N16_StepThatAwaits_IsAwaitedBeforeTheNext()
    {
        var process = await Client.StartAsync(
            LastChildProcess.Type,
            new("x"),
            new StartOptions { Id = NewId() },
            Cancel);
        await Stage.ReachedAsync(process.Id, "entered", Cancel);
        var meanwhile = await process.GetStatusAsync(Cancel);

        Stage.Reach(process.Id.Child(1, 0), "go");
        Stage.Reach(process.Id, "go");

        (await process.GetResultAsync(Cancel)).Awaited.ShouldBe("awaited");
        meanwhile.StepsCompleted.ShouldBe(0);
    }

    [Fact]
    public async Task N17_ChildOfTheLastStep_IsAwaitedAndThenTheProcessFinishes()
    {
        var process = await Client.StartAsync(
            LastChildProcess.Type,
            new("the child's"),
            new StartOptions { Id = NewId() },
            Cancel);
        Stage.Reach(process.Id, "go");
        var waits = await StatusAsync(process, "waits for its child", static status =>
            status.Summary.State == ProcessState.Waiting);

        Stage.Reach(process.Id.Child(1, 0), "go");

        waits.WaitingFor.ShouldBe("1 of 1 children of step 1 to end.");
        (await process.GetResultAsync(Cancel)).Child.ShouldBe("the child's");
    }
}
