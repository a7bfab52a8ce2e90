using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.FanOut;

/// <summary>A child among many: is seen by its parent's gauge while its step runs.</summary>
/// <param name="stage">Has the gauge and the gate.</param>
[Process("behaviour/leaf")]
public sealed class LeafProcess(Stage stage) : Process<LeafInput, LeafOutput>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<LeafInput, LeafOutput> Type = new("behaviour/leaf");

    /// <inheritdoc/>
    protected override async Task<StepResult> RunAsync(StepContext step)
    {
        var gauge = stage.GaugeOf(step.Root);
        gauge.Enter();
        try
        {
            stage.Reach(step.ProcessId, "entered");
            await Task.Yield();
            if (Input.Gated)
            {
                await stage.ReachedAsync(step.ProcessId, "go", step.CancellationToken);
            }
        }
        finally
        {
            gauge.Leave();
        }

        return Finish(new LeafOutput(Input.Number, new string('x', Input.Size)));
    }
}
