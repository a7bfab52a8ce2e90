using System.Collections.Concurrent;
using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Launching;

/// <summary>Callbacks at the end of a process.</summary>
/// <param name="stores">The clusters.</param>
public sealed class CallbackTests(Stores stores) : BehaviourTest(stores, StoreKind.Memory)
{
    [Fact]
    public async Task OnFinish_SeveralCallbacks_AreCalledOnceEach()
    {
        var process = await StartAsync();
        var called = new ConcurrentQueue<string>();
        await using var first = process.OnFinish(outcome => Note(called, $"first {outcome.State}"));
        await using var second = process.OnFinish(outcome => Note(called, $"second {outcome.State}"));
        await using var third = Client
            .GetHandle(process.Id)
            .OnFinish(outcome => Note(called, $"third {outcome.State}"));
        called.ShouldBeEmpty();

        Stage.Reach(process.Id, "go");
        await Task.WhenAll(first.Completion, second.Completion, third.Completion).WaitAsync(Cancel);

        called.Order().ShouldBe(["first Finished", "second Finished", "third Finished"]);
    }

    [Fact]
    public async Task OnFinish_ProcessThatHadEnded_IsCalledOnce()
    {
        var process = await StartAsync();
        await process.KillAsync("enough", cancellationToken: Cancel);
        await process.WaitAsync(Cancel);
        var called = new ConcurrentQueue<string>();

        await using var callback = Client
            .GetHandle(process.Id)
            .OnFinish(outcome => Note(called, $"{outcome.State}: {outcome.Message}"));
        await callback.Completion.WaitAsync(Cancel);

        called.ShouldBe(["Killed: enough"]);
    }

    [Fact]
    public async Task OnFinish_CalledOff_IsNotCalled()
    {
        var process = await StartAsync();
        var called = new ConcurrentQueue<string>();
        var callback = process.OnFinish(outcome => Note(called, "called"));

        await callback.DisposeAsync();
        Stage.Reach(process.Id, "go");
        await process.WaitAsync(Cancel);

        callback.Completion.IsCanceled.ShouldBeTrue();
        called.ShouldBeEmpty();
        await callback.DisposeAsync();
    }

    [Fact]
    public async Task OnFinish_MissingProcess_Fails()
    {
        await using var callback = Client.GetHandle(NewId()).OnFinish(static _ => Task.CompletedTask);

        await Should.ThrowAsync<ProcessNotFoundException>(() => callback.Completion.WaitAsync(Cancel));
    }

    [Fact]
    public async Task N10_CallbackThatThrows_LeavesTheEndAsItIs()
    {
        var process = await StartAsync();
        await using var callback = process.OnFinish(static _ =>
            throw new InvalidOperationException("the callback failed"));

        Stage.Reach(process.Id, "go");

        (
            await Should.ThrowAsync<InvalidOperationException>(() => callback.Completion.WaitAsync(Cancel))
        ).Message.ShouldBe("the callback failed");
        (await process.GetStatusAsync(Cancel)).Summary.State.ShouldBe(ProcessState.Finished);
    }

    [Fact]
    public async Task OnFinish_CallbackThatCallsItselfOff_Completes()
    {
        var process = await StartAsync();
        var registered = new TaskCompletionSource<FinishCallback>();
        var callback = process.OnFinish(async _ => await (await registered.Task).DisposeAsync());
        registered.SetResult(callback);

        Stage.Reach(process.Id, "go");
        await callback.Completion.WaitAsync(TimeSpan.FromSeconds(10), Cancel);

        callback.Completion.IsCompletedSuccessfully.ShouldBeTrue();
    }

    private static Task Note(ConcurrentQueue<string> called, string note)
    {
        called.Enqueue(note);
        return Task.CompletedTask;
    }

    private async Task<ProcessHandle<LaunchOutput>> StartAsync()
    {
        var process = await Client.StartAsync(
            LaunchProcess.Type,
            new LaunchInput("done"),
            new StartOptions { Id = NewId() },
            Cancel);
        await Stage.ReachedAsync(process.Id, "runs 1", Cancel);
        return process;
    }
}
