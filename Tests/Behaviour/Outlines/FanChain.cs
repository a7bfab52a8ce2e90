namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>A predicate stands behind the step with the children.</summary>
[Process("behaviour/fan")]
public sealed class FanChain : FanBase
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<FanInput, FanOutput> Type = new("behaviour/fan");

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) => outline.Step(Fan).If(HasAll, then => then.Step(See));
}
