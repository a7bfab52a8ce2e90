using Orleans.Workflows.Behaviour.FanOut;

namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>A parent that gives one of its children a name. Its children wait at their gates.</summary>
[Process("behaviour/naming")]
public sealed class NamingProcess : Process<NamingInput, TakerOutput>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<NamingInput, TakerOutput> Type = new("behaviour/naming");

    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step) =>
        Task.FromResult(
            StartChildren(
                Enumerable
                    .Range(0, Input.Children)
                    .Select(index =>
                        LeafProcess.Type.Child(
                            new LeafInput(index, Gated: true, Size: 1),
                            index == Input.Index ? Input.Id : null)),
                Together));

    private Task<StepResult> Together(StepContext step, IReadOnlyList<ChildResult<LeafOutput>> children) =>
        Task.FromResult(Finish(new TakerOutput(children.Count)));
}
