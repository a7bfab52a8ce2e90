namespace Orleans.Workflows.CliTests.Silo;

/// <summary>Waits for the signals 'arrived' and 'left', as an outline.</summary>
[Process("test/visit")]
public sealed class Visit : WorkChain<Echo.In, Echo.Out, Visit.Nothing>
{
    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) => outline.WaitFor("arrived", Note).WaitFor("left", Leave);

    private Task Note(StepContext step) => Task.CompletedTask;

    private Task Leave(StepContext step) => Task.CompletedTask;

    /// <summary>What it remembers.</summary>
    public sealed record Nothing;
}
