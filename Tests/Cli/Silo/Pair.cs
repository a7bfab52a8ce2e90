namespace Orleans.Workflows.CliTests.Silo;

/// <summary>Has two children and ends with them.</summary>
[Process("test/pair")]
public sealed class Pair : Process<Echo.In, Echo.Out>
{
    private static readonly ProcessType<Echo.In, Echo.Out> Child = new("test/echo");

    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step) =>
        Task.FromResult(StartChildren([Child.Child(Input), Child.Child(Input)], Ended));

    private Task<StepResult> Ended(StepContext step, IReadOnlyList<ChildResult<Echo.Out>> children) =>
        Task.FromResult(Finish(new Echo.Out($"{children.Count} children")));
}
