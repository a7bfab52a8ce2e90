namespace Orleans.Workflows.Cluster.Timing;

/// <summary>Goes round for ever, or awaits without a time-out what does not come.</summary>
[Process("timing/restless")]
public sealed class Restless(Gate gate) : WorkChain<DozerInput, DozerOutput, DozerContext>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<DozerInput, DozerOutput> Type = new("timing/restless");

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline)
    {
        ArgumentNullException.ThrowIfNull(outline);
        outline.While(Goes, round => round.Step(Go)).Step(Await);
    }

    private bool Goes() => Input.Until == "never";

    /// <summary>A moment of real time, so that the tests beside it have some too.</summary>
    private Task Go(StepContext step) =>
        Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, step.CancellationToken);

    private Task Await(StepContext step) => gate.Opened.Task.WaitAsync(step.CancellationToken);
}
