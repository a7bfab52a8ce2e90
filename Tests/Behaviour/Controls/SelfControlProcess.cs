using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Controls;

/// <summary>Asks to be paused or killed by its own step, then waits for the signal 'go' and ends.</summary>
/// <param name="stage">Where it notes what it did.</param>
[Process("behaviour/self-control")]
public sealed class SelfControlProcess(Stage stage) : Process<SelfControlInput, SelfControlOutput>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<SelfControlInput, SelfControlOutput> Type = new("behaviour/self-control");

    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step)
    {
        step.SetStatus("working");
        if (Input.Asks.Contains("pause", StringComparison.Ordinal))
        {
            step.RequestPause("paused by myself");
        }

        if (Input.Asks.Contains("kill", StringComparison.Ordinal))
        {
            step.RequestKill("killed by myself");
            step.RequestKill("killed again");
            step.RequestPause("too late");
        }

        Emit(o => o.First, "kept");
        stage.Note(step.ProcessId, "the step that asks goes on");
        return Task.FromResult(Next(Second));
    }

    private Task<StepResult> Second(StepContext step)
    {
        stage.Note(step.ProcessId, "the next step");
        Emit(o => o.Second, "also");
        return Task.FromResult(WaitFor<string>("go", End));
    }

    private Task<StepResult> End(StepContext step, string value) => Task.FromResult(Finish());
}
