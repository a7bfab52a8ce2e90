using Orleans.Workflows.Unit.Definitions;

namespace Orleans.Workflows.Unit.Values;

/// <summary>A definition with a context of a type.</summary>
[Process("stored")]
internal sealed class Of<T> : WorkChain<Letters, Nothing, T>
    where T : class, new()
{
    protected override void Define(OutlineBuilder outline) => outline.Step(Look);

    private Task Look(StepContext step) => Task.CompletedTask;
}
