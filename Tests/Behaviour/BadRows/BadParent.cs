namespace Orleans.Workflows.Behaviour.BadRows;

/// <summary>Reads the output of its child.</summary>
[Process("behaviour/bad-parent")]
public sealed class BadParent : Process<BadInput, BadOutput>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<BadInput, BadOutput> Type = new("behaviour/bad-parent");

    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step) =>
        Task.FromResult(StartChildren([BadChain.Type.Child(Input)], Read));

    private Task<StepResult> Read(StepContext step, IReadOnlyList<ChildResult<BadOutput>> children) =>
        Task.FromResult(Finish(new BadOutput(children[0].Output.Number, "child")));
}
