namespace Orleans.Workflows.Shared.Processes;

/// <summary>Starts one child that waits for the signal 'go', and waits for it.</summary>
[Process("test/parent")]
public sealed class Parent : Process<WaitInput, WaitOutput>
{
    protected override Task<StepResult> RunAsync(StepContext step) =>
        Task.FromResult(StartChildren([Types.Wait.Child(Input)], Joined));

    private Task<StepResult> Joined(StepContext step, IReadOnlyList<ChildResult<WaitOutput>> children) =>
        Task.FromResult(Finish(children[0].Output));
}
