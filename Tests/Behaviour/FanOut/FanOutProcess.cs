namespace Orleans.Workflows.Behaviour.FanOut;

/// <summary>A parent of many children.</summary>
[Process("behaviour/fan-out")]
public sealed class FanOutProcess : Process<FanOutInput, FanOutOutput>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<FanOutInput, FanOutOutput> Type = new("behaviour/fan-out");

    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step) =>
        Task.FromResult(
            StartChildren(
                Enumerable
                    .Range(0, Input.Children)
                    .Select(number =>
                        LeafProcess.Type.Child(new LeafInput(number, Input.Gated, Input.Size)) with
                        {
                            MustSucceed = Input.MustSucceed,
                        }),
                Together,
                Input.Bound));

    private Task<StepResult> Together(StepContext step, IReadOnlyList<ChildResult<LeafOutput>> children) =>
        Task.FromResult(
            Finish(
                new FanOutOutput([
                    .. children.Where(static child => child.IsSuccess).Select(static child => child.Output.Number),
                ])));
}
