namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>The step with the children is the last.</summary>
[Process("behaviour/fan-last")]
public sealed class FanLastChain : FanBase
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<FanInput, FanOutput> Type = new("behaviour/fan-last");

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) => outline.Step(Fan);
}
