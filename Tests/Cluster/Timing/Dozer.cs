namespace Orleans.Workflows.Cluster.Timing;

/// <summary>
/// A step that takes its time: by the cluster's clock, until its own time-out, or until a test lets it go.
/// </summary>
/// <param name="gate">Lets it go.</param>
[Process("timing/dozer")]
public sealed class Dozer(Gate gate) : WorkChain<DozerInput, DozerOutput, DozerContext>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<DozerInput, DozerOutput> Type = new("timing/dozer");

    /// <inheritdoc/>
    protected override TimeSpan? StepTimeout => TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    protected override DozerOutput? CreateOutput() => new(Context.Woke);

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline)
    {
        ArgumentNullException.ThrowIfNull(outline);
        outline
            .If(Naps, then => then.Step(Nap, timeout: TimeSpan.FromMilliseconds(300)))
            .Step(Doze)
            .If(Waits, then => then.WaitFor<string>("go", Gone));
    }

    private bool Waits() => Input.Until is "signal" or "gate";

    private bool Naps() => Input.Until == "short";

    private Task Nap(StepContext step) => gate.Opened.Task.WaitAsync(step.CancellationToken);

    private Task Gone(StepContext step, string payload) => Task.CompletedTask;

    private async Task Doze(StepContext step)
    {
        switch (Input.Until)
        {
            case "clock":
                await Task.Delay(TimeSpan.FromMinutes(5), step.TimeProvider, step.CancellationToken);
                break;
            case "timeout":
                await Task.Delay(Timeout.InfiniteTimeSpan, step.TimeProvider, step.CancellationToken);
                break;
            case "work":
                // Real time, as a call to the outside world takes it.
                await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System, step.CancellationToken);
                break;
            case "compute":
                var began = TimeProvider.System.GetTimestamp();
                while (TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(4))
                {
                }

                break;
            case "gate":
                gate.Reached.TrySetResult();
                await gate.Opened.Task.WaitAsync(step.CancellationToken);
                break;
            default:
                break;
        }

        Context.Woke = step.TimeProvider.GetUtcNow();
    }
}
