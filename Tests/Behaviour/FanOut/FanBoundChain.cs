namespace Orleans.Workflows.Behaviour.FanOut;

/// <summary>Children of an outline, three at a time, in both ways of starting them.</summary>
[Process("behaviour/fan-bound")]
public sealed class FanBoundChain : WorkChain<FanBoundInput, FanOutOutput, FanBoundContext>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<FanBoundInput, FanOutOutput> Type = new("behaviour/fan-bound");

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) => outline
        .Step(Begin)
        .If(IntoContext, then => then.Step(Fan))
        .Else(otherwise => otherwise.Children(Start, Together, maxConcurrency: 3));

    /// <inheritdoc/>
    protected override FanOutOutput CreateOutput() =>
        new([.. Context.Results.Select(static result => result.Output.Number), .. Context.Numbers]);

    private static LeafInput Leaf(FanBoundInput input, int number) => new(number, input.Gated, input.Size);

    private Task Begin(StepContext step) => Task.CompletedTask;

    private bool IntoContext() => Input.IntoContext;

    private Task Fan(StepContext step)
    {
        LimitChildren(3);
        for (var number = 0; number < Input.Children; number++)
        {
            AppendToContext(context => context.Results, LeafProcess.Type.Child(Leaf(Input, number)));
        }

        return Task.CompletedTask;
    }

    private IEnumerable<ChildStart<LeafOutput>> Start() =>
        Enumerable.Range(0, Input.Children).Select(number => LeafProcess.Type.Child(Leaf(Input, number)));

    private Task Together(StepContext step, IReadOnlyList<ChildResult<LeafOutput>> children)
    {
        Context.Numbers.AddRange(children.Select(static child => child.Output.Number));
        return Task.CompletedTask;
    }
}
