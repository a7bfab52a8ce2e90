using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.BadRows;

/// <summary>The seventh version of the definition.</summary>
[Replacement, Process("behaviour/bad", Version = 7)]
public sealed class SeventhChain : WorkChain<BadInput, BadOutput, BadContext>
{
    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) =>
        outline.Step(First).WaitFor<BadPayload>("go", Got).Step(Last);

    /// <inheritdoc/>
    protected override BadOutput? CreateOutput() => new(Input.Number + Context.Number, Seen: null);

    private Task First(StepContext step) => Task.CompletedTask;

    private Task Got(StepContext step, BadPayload payload)
    {
        Context.Number += payload.Number;
        return Task.CompletedTask;
    }

    private Task Last(StepContext step) => Task.CompletedTask;
}
