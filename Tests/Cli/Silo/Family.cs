namespace Orleans.Workflows.CliTests.Silo;

/// <summary>Has one child, of the type that it is told.</summary>
[Process("test/family")]
public sealed class Family : Process<Family.In, Echo.Out>
{
    /// <summary>The input.</summary>
    public sealed record In(string Child);

    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step) =>
        Task.FromResult(StartChildren([new ProcessType<Echo.In, Echo.Out>(Input.Child).Child(new Echo.In())], Ended));

    private Task<StepResult> Ended(StepContext step, IReadOnlyList<ChildResult<Echo.Out>> children) =>
        Task.FromResult(Finish(new Echo.Out("ended")));
}
