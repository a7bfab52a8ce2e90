using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>The definition with a step that has another name.</summary>
[Process("behaviour/redeploy"), Replacement]
public sealed class RenamedChain : TrailChain<NestInput>
{
    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) =>
        outline.Step(First).WaitFor<string>("go", Received).Step(Last);

    private Task First(StepContext step) => Went("first");

    private Task Received(StepContext step, string payload) => Went("received");

    private Task Last(StepContext step) => Went("last");
}
