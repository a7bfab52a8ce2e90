namespace Orleans.Workflows.Shared.Processes;

/// <summary>A step machine of as many trivial steps as its input says.</summary>
[Process("test/hello")]
public sealed class Hello : Process<HelloInput, HelloOutput>
{
    protected override Task<StepResult> RunAsync(StepContext step) => Count(step, 1);

    private Task<StepResult> Count(StepContext step, int done) =>
        Task.FromResult(
            done >= Input.Steps
                ? Finish(new HelloOutput($"Hello {Input.Name} after {done} steps"))
                : Next(Count, done + 1));
}
