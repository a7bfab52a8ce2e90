namespace Orleans.Workflows.Benchmarks.Processes;

/// <summary>Trivial steps, committed one by one.</summary>
[Process("benchmarks/hello")]
public sealed class Hello : Process<HelloInput, HelloOutput>
{
    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step) =>
        Count(step, new HelloProgress(0, Input.Text));

    private Task<StepResult> Count(StepContext step, HelloProgress progress)
    {
        var done = progress.Done + 1;
        return Task.FromResult(
            done >= Input.Steps ? Finish(new HelloOutput(done)) : Next(Count, progress with { Done = done }));
    }
}
