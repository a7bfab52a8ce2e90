using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>The definition with steps before and behind, and other code in a step.</summary>
[Process("behaviour/redeploy"), Replacement]
public sealed class ExtendedChain : TrailChain<NestInput>
{
    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) => outline
        .Step(Before)
        .Step(First)
        .WaitFor<string>("go", Got)
        .If(Always, then => then.Step(Behind))
        .Step(Last);

    private bool Always() => Context.Way.Length > 0;

    private Task Before(StepContext step) => Went("before");

    private Task First(StepContext step) => Went("first");

    private Task Got(StepContext step, string payload) => Went("got-by-new-code");

    private Task Behind(StepContext step) => Went("behind");

    private Task Last(StepContext step) => Went("last");
}
