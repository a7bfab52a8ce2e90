namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>A definition as it was first.</summary>
[Process("behaviour/redeploy")]
public sealed class RedeployChain : TrailChain<NestInput>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<NestInput, Trail> Type = new("behaviour/redeploy");

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) => outline.Step(First).WaitFor<string>("go", Got).Step(Last);

    private Task First(StepContext step) => Went("first");

    private Task Got(StepContext step, string payload) => Went("got");

    private Task Last(StepContext step) => Went("last");
}
