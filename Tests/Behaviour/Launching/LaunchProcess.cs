using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Launching;

/// <summary>Notes that it runs, passes a gate and returns its input.</summary>
/// <param name="stage">Where it says how far it is.</param>
[Process("behaviour/launch")]
public sealed class LaunchProcess(Stage stage) : Process<LaunchInput, LaunchOutput>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<LaunchInput, LaunchOutput> Type = new("behaviour/launch");

    /// <inheritdoc/>
    protected override async Task<StepResult> RunAsync(StepContext step)
    {
        stage.Note(step.ProcessId, $"runs, attempt {step.Attempt}");
        stage.Reach(step.ProcessId, $"runs {step.Attempt}");
        await stage.ReachedAsync(step.ProcessId, "go", step.CancellationToken);
        return Input.Text.Length == 0 ? Exit(100, "asked to fail") : Finish(new LaunchOutput(Input.Text));
    }
}
