namespace Orleans.Workflows.Cluster.Timing;

/// <summary>Waits for a decision, and goes on without one after a day.</summary>
[Process("timing/patient")]
public sealed class Patient : WorkChain<DozerInput, DozerOutput, DozerContext>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<DozerInput, DozerOutput> Type = new("timing/patient");

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline)
    {
        ArgumentNullException.ThrowIfNull(outline);
        outline.Step(Prepare).WaitFor("approval", Decided, TimeSpan.FromDays(1), Late, id: "decision");
    }

    private Task Prepare(StepContext step) => Task.CompletedTask;

    private Task Decided(StepContext step) => Task.CompletedTask;

    private Task Late(StepContext step) => Task.CompletedTask;
}
