using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Hooks;

/// <summary>Hooks that throw, hang or kill.</summary>
/// <param name="stores">The clusters.</param>
public sealed class HookFaultTests(Stores stores) : HookTest(stores)
{
    [Theory]
    [InlineData("OnExit")]
    [InlineData("OnRun")]
    [InlineData("OnOutput")]
    [InlineData("OnWait")]
    [InlineData("OnPause")]
    [InlineData("OnPlay")]
    [InlineData("OnKill")]
    [InlineData("OnFinish")]
    public async Task Hook_ThatThrows_ExceptsTheProcess(string hook)
    {
        var process = await StartAsync($"fail {hook}");
        await StatusAsync(process, "waits or has ended", static status =>
            status.Summary.State is ProcessState.Waiting || status.Summary.State.IsTerminal());
        await (await process.PauseAsync(cancellationToken: Cancel)).WaitForEffectAsync(Cancel);
        await (await process.PlayAsync(cancellationToken: Cancel)).WaitForEffectAsync(Cancel);
        if (hook == "OnKill")
        {
            await process.KillAsync("enough", cancellationToken: Cancel);
        }
        else
        {
            await SignalIfAliveAsync(process);
        }

        var outcome = await process.WaitAsync(Cancel);
        await Stage.ReachedAsync(process.Id, "cleaned up", Cancel);

        outcome.ShouldSatisfyAllConditions(
            o => o.State.ShouldBe(ProcessState.Excepted),
            o => o.ExitCode.ShouldBe(EngineExitCodes.Excepted),
            o => o.Message.ShouldBe($"{hook} failed"),
            o => o.Failure!.Type.ShouldBe(typeof(InvalidOperationException).FullName));
        Notes(process, "OnExcept").Count.ShouldBe(1);
        Notes(process, "told Except").Count.ShouldBe(1);
        Notes(process, "OnEnded").ShouldBe(["OnEnded Excepted"]);
    }

    [Fact]
    public async Task Hook_ThatThrowsAtTheStartOfACreatedProcess_ExceptsIt()
    {
        var id = NewId();
        Stage.Reach(id, "fail OnRun");
        var process = await Client.CreateAsync(
            HookedProcess.Type,
            new HookInput(),
            new StartOptions { Id = id },
            Cancel);

        await process.ContinueAsync(Cancel);

        (await process.WaitAsync(Cancel)).Message.ShouldBe("OnRun failed");
    }

    [Fact]
    public async Task Hook_ThatThrowsBehindAStep_KeepsWhatTheStepEmitted()
    {
        var process = await StartAsync("fail OnOutput");

        var outcome = await process.WaitAsync(Cancel);

        WorkflowJson.Read<HookOutput>(outcome.Output!, "output")!.Text.ShouldBe("early");
    }

    [Fact]
    public async Task N12_OnExceptThatThrows_LeavesTheFirstFailure()
    {
        var process = await StartAsync("fail step", "fail OnExcept");

        var outcome = await process.WaitAsync(Cancel);

        outcome.State.ShouldBe(ProcessState.Excepted);
        outcome.Message.ShouldBe("the step failed");
    }

    [Fact]
    public async Task Hook_ThatNeverEnds_ExceptsTheProcessAfterTheGracePeriod()
    {
        var process = await StartAsync("hang OnWait");

        var outcome = await process.WaitAsync(Cancel);

        outcome.State.ShouldBe(ProcessState.Excepted);
        outcome.Failure!.Type.ShouldBe(typeof(TimeoutException).FullName);
        outcome.Message!.ShouldContain("OnWaitAsync took longer than 00:00:00.5");
    }

    [Fact]
    public async Task ForceKill_RunsNoHook()
    {
        var process = await WaitingAsync("fail OnKill");
        var before = Notes(process, "On");

        await process.KillAsync("now", force: true, Cancel);

        (await process.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Killed);
        await Stage.ReachedAsync(process.Id, "cleaned up", Cancel);
        Notes(process, "On").ShouldBe([.. before, "OnEnded Killed"]);
    }

    [Theory]
    [InlineData("OnWait")]
    [InlineData("OnRun")]
    [InlineData("OnPause")]
    public async Task N11_KillFromAHook_IsHonoured(string hook)
    {
        var process = await StartAsync($"kill in {hook}");
        if (hook == "OnPause")
        {
            await process.PauseAsync(cancellationToken: Cancel);
        }

        var outcome = await process.WaitAsync(Cancel);

        outcome.State.ShouldBe(ProcessState.Killed);
        outcome.Message.ShouldBe($"killed by {hook}");
    }

    private static async Task SignalIfAliveAsync(ProcessHandle process)
    {
        try
        {
            await process.SignalAsync("go", "on", cancellationToken: Cancel);
        }
        catch (InvalidProcessStateException)
        {
            // Its hook has ended it already.
        }
    }
}
