using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.BadRows;

/// <summary>The same under a name that only a later silo has.</summary>
[Replacement, Process("behaviour/bad-later")]
public sealed class LaterChain : WorkChain<BadInput, BadOutput, BadContext>
{
    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) => outline.WaitFor<BadPayload>("go", Got).Step(Last);

    /// <inheritdoc/>
    protected override BadOutput? CreateOutput() => new(Input.Number + Context.Number, Seen: null);

    private Task Got(StepContext step, BadPayload payload)
    {
        Context.Number += payload.Number;
        return Task.CompletedTask;
    }

    private Task Last(StepContext step) => Task.CompletedTask;
}
