namespace Orleans.Workflows.Benchmarks.Processes;

/// <summary>Starts children and ends with them.</summary>
[Process("benchmarks/brings")]
public sealed class Brings : Process<BringsInput, BringsOutput>
{
    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step) =>
        Task.FromResult(
            StartChildren(
                Enumerable
                    .Range(0, Input.Children)
                    .Select(static _ => BenchmarkTypes.Hello.Child(new HelloInput(1, BenchmarkTypes.Carried))),
                Add));

    private Task<StepResult> Add(StepContext step, IReadOnlyList<ChildResult<HelloOutput>> children) =>
        Task.FromResult(Finish(new BringsOutput(children.Sum(static child => child.Output.Steps))));
}
