using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Hooks;

/// <summary>Whole lives as their hooks and listeners see them.</summary>
/// <param name="stores">The clusters.</param>
public sealed class LifeTests(Stores stores) : HookTest(stores)
{
    [Fact]
    public async Task Life_FromCreationToFinish_CallsHooksAndListenersInOrder()
    {
        var process = await Client.CreateAsync(
            HookedProcess.Type,
            new HookInput(),
            new StartOptions { Id = NewId() },
            Cancel);
        await process.ContinueAsync(Cancel);
        await StatusAsync(process, "waits", static status => status.Summary.State == ProcessState.Waiting);
        await (await process.PauseAsync("lunch", cancellationToken: Cancel)).WaitForEffectAsync(Cancel);
        await (await process.PlayAsync(cancellationToken: Cancel)).WaitForEffectAsync(Cancel);
        await process.SignalAsync("go", "on", cancellationToken: Cancel);
        await process.WaitAsync(Cancel);
        await Stage.ReachedAsync(process.Id, "cleaned up", Cancel);

        Notes(process, "On").ShouldBe(
        [
            "OnExit Created>Running at RunAsync",
            "OnRun Created>Running at RunAsync",
            "OnOutput Running>Running at RunAsync",
            "OnExit Running>Running at Ask",
            "OnRun Running>Running at Ask",
            "OnExit Running>Waiting at Ask",
            "OnWait Running>Waiting at Ask",
            "OnPause Waiting>Waiting at Ask",
            "OnPlay Waiting>Waiting at Ask",
            "OnExit Waiting>Running at End",
            "OnRun Waiting>Running at End",
            "OnExit Running>Finished at End",
            "OnFinish Running>Finished at End",
            "OnEnded Finished",
        ]);
        Notes(process, "told").ShouldBe(
        [
            "told Run Created>Running at RunAsync",
            "told Output Running>Running at RunAsync",
            "told Run Running>Running at Ask",
            "told Wait Running>Waiting at Ask",
            "told Pause Waiting>Waiting at Ask",
            "told Play Waiting>Waiting at Ask",
            "told Run Waiting>Running at End",
            "told Finish Running>Finished at End",
        ]);
        Stage.NotesOf(process.Id)[^1].ShouldBe("OnEnded Finished", "the cleanup comes last");
    }

    [Fact]
    public async Task Life_ThatIsKilled_CallsItsHooksInOrder()
    {
        var process = await WaitingAsync();

        await process.KillAsync("enough", cancellationToken: Cancel);
        await Stage.ReachedAsync(process.Id, "cleaned up", Cancel);

        Notes(process, "On")
            .TakeLast(3)
            .ShouldBe(["OnExit Waiting>Killed at End", "OnKill Waiting>Killed at End", "OnEnded Killed"]);
        Notes(process, "told")[^1].ShouldBe("told Kill Waiting>Killed at End");
    }

    [Fact]
    public async Task Life_ThatFails_CallsItsHooksInOrder()
    {
        var process = await StartAsync("fail step");

        await process.WaitAsync(Cancel);
        await Stage.ReachedAsync(process.Id, "cleaned up", Cancel);

        Notes(process, "On")
            .TakeLast(3)
            .ShouldBe([
                "OnExit Running>Excepted at RunAsync",
                "OnExcept Running>Excepted at RunAsync",
                "OnEnded Excepted",
            ]);
    }

    [Fact]
    public async Task Cleanup_ProcessThatIsAskedForLater_RunsOnce()
    {
        var process = await WaitingAsync();
        await process.KillAsync("enough", cancellationToken: Cancel);
        await Stage.ReachedAsync(process.Id, "cleaned up", Cancel);

        await process.WaitAsync(Cancel);
        await Cluster.SettleAsync(process.Id);
        await process.ContinueAsync(Cancel);

        Notes(process, "OnEnded").ShouldBe(["OnEnded Killed"]);
    }
}
