namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>A fan whose failure is an incident.</summary>
[Process("behaviour/fan-incident", FailureIsIncident = true)]
public sealed class FanIncidentChain : FanBase
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<FanInput, FanOutput> Type = new("behaviour/fan-incident");

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) => outline.Step(Fan).If(HasAll, then => then.Step(See));
}
