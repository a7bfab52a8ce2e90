using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Controls;

/// <summary>Steps that have their own process paused or killed.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SelfControlTests(Stores stores) : BehaviourTest(stores, StoreKind.Memory)
{
    [Fact]
    public async Task RequestPause_ByAStep_PausesBehindIt()
    {
        var process = await StartAsync("pause");

        var paused = await StatusAsync(process, "is paused", static status => status.Summary.Paused);
        var notes = Stage.NotesOf(process.Id);
        await process.PlayAsync(cancellationToken: Cancel);
        var played = await StatusAsync(process, "waits", static status => status.Summary.State == ProcessState.Waiting);

        paused.StepsCompleted.ShouldBe(1);
        paused.Summary.StatusText.ShouldBe("paused by myself");
        notes.ShouldBe(["the step that asks goes on"]);
        played.Summary.StatusText.ShouldBe("working", "play restores it");
        await process.KillAsync(cancellationToken: Cancel);
    }

    [Fact]
    public async Task RequestKill_ByAStep_DropsWhatComesNextAndKeepsItsOutputs()
    {
        var process = await StartAsync("kill");

        var outcome = await process.WaitAsync(Cancel);

        outcome.ShouldSatisfyAllConditions(
            o => o.State.ShouldBe(ProcessState.Killed),
            o => o.ExitCode.ShouldBe(EngineExitCodes.Killed),
            o => o.Message.ShouldBe("killed by myself"),
            o => o.Failure.ShouldBeNull());
        WorkflowJson.Read<SelfControlOutput>(outcome.Output!, "output")!.First.ShouldBe("kept");
        Stage.NotesOf(process.Id).ShouldBe(["the step that asks goes on"]);
        (await process.GetStatusAsync(Cancel)).Summary.StatusText.ShouldBe("killed by myself");
    }

    [Fact]
    public async Task RequestPauseAndKill_ByOneStep_Kills()
    {
        var process = await StartAsync("pause and kill");

        (await process.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Killed);
    }

    private Task<ProcessHandle<SelfControlOutput>> StartAsync(string asks) =>
        Client.StartAsync(
            SelfControlProcess.Type,
            new SelfControlInput(asks),
            new StartOptions { Id = NewId() },
            Cancel);
}
