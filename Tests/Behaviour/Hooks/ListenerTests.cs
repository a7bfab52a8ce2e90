using Orleans.Workflows.Behaviour.Clusters;
using Orleans.Workflows.Behaviour.Launching;

namespace Orleans.Workflows.Behaviour.Hooks;

/// <summary>Listeners that fail, take long or kill.</summary>
/// <param name="stores">The clusters.</param>
public sealed class ListenerTests(Stores stores) : HookTest(stores)
{
    [Fact]
    public async Task N10_N27_ListenerAndCleanupThatThrow_LeaveTheEndAsItIs()
    {
        var process = await WaitingAsync("fail listener", "fail OnEnded");

        await process.SignalAsync("go", "on", cancellationToken: Cancel);
        var outcome = await process.WaitAsync(Cancel);
        await Stage.ReachedAsync(process.Id, "cleaned up", Cancel);

        outcome.State.ShouldBe(ProcessState.Finished);
        Notes(process, "second")
            .ShouldBe(["second Run", "second Output", "second Run", "second Wait", "second Run", "second Finish"]);
        await UntilAsync(
            "both are in the log",
            () =>
                Task.FromResult(
                    Cluster.Log.Lines.Count(line =>
                        line.StartsWith("400032", StringComparison.Ordinal)
                        && line.Contains(process.Id.Value, StringComparison.Ordinal))),
            static lines => lines == 7);
        (await process.GetStatusAsync(Cancel)).Summary.State.ShouldBe(ProcessState.Finished);
    }

    [Fact]
    public async Task N11_ListenerThatTakesLong_DelaysNothing()
    {
        var process = await WaitingAsync("slow listener");

        await process.SignalAsync("go", "on", cancellationToken: Cancel);
        (await process.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Finished);
        var meanwhile = Notes(process, "told");
        Stage.Reach(process.Id, "let the listener go");
        await Stage.ReachedAsync(process.Id, "cleaned up", Cancel);

        meanwhile.ShouldBeEmpty();
        Notes(process, "told").Count.ShouldBe(6);
    }

    [Theory]
    [InlineData("Wait")]
    [InlineData("Run")]
    [InlineData("Pause")]
    public async Task N11_KillFromAListener_IsHonoured(string transition)
    {
        var process = await StartAsync($"kill in {transition}");
        if (transition == "Pause")
        {
            await process.PauseAsync(cancellationToken: Cancel);
        }

        var outcome = await process.WaitAsync(Cancel);

        outcome.State.ShouldBe(ProcessState.Killed);
        outcome.Message.ShouldBe($"killed by the listener of {transition}");
    }

    [Fact]
    public async Task ForceKill_OfAStepThatHoldsItsThread_IsToldBehindWhatWasBefore()
    {
        var process = await StartAsync("slow listener", "spin step");
        await Stage.ReachedAsync(process.Id, "spins", Cancel);

        await process.KillAsync("now", force: true, Cancel);
        var meanwhile = Notes(process, "OnEnded");
        Stage.Reach(process.Id, "let the listener go");
        await Stage.ReachedAsync(process.Id, "cleaned up", Cancel);
        Stage.Reach(process.Id, "stop spinning");

        meanwhile.ShouldBeEmpty();
        Notes(process, "told").Select(static note => note.Split(' ')[1]).ShouldBe(["Run", "Kill"]);
    }

    [Fact]
    public async Task ForceKill_OfASlowListenersProcess_IsToldInOrder()
    {
        var process = await WaitingAsync("slow listener");

        await process.KillAsync("now", force: true, Cancel);
        Stage.Reach(process.Id, "let the listener go");
        await Stage.ReachedAsync(process.Id, "cleaned up", Cancel);

        Notes(process, "told")
            .Select(static note => note.Split(' ')[1])
            .ShouldBe(["Run", "Output", "Run", "Wait", "Kill"]);
    }

    [Fact]
    public async Task Listener_OfAnotherType_IsNotTold()
    {
        var id = NewId();
        Stage.Reach(id, "go");

        await Client.ExecuteAsync(LaunchProcess.Type, new LaunchInput("x"), new StartOptions { Id = id }, Cancel);

        Stage.NotesOf(id).ShouldBe(["runs, attempt 1"]);
    }
}
