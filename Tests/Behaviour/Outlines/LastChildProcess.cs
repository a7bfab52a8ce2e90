using Orleans.Workflows.Behaviour.Clusters;
using Orleans.Workflows.Behaviour.Launching;

namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>An outline whose last step starts a child.</summary>
/// <param name="stage">A gate.</param>
[Process("behaviour/last-child")]
public sealed class LastChildProcess(Stage stage) : WorkChain<LaunchInput, LastChildOutput, LastChildProcess.Progress>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<LaunchInput, LastChildOutput> Type = new("behaviour/last-child");

    /// <summary>What is done.</summary>
    public sealed class Progress
    {
        /// <summary>What the first step sets.</summary>
        public string? Awaited { get; set; }

        /// <summary>The child.</summary>
        public ChildResult<LaunchOutput>? Child { get; set; }
    }

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) => outline.Step(Await).Step(StartChild);

    /// <inheritdoc/>
    protected override LastChildOutput CreateOutput() => new(Context.Awaited, Context.Child?.Output?.Text);

    private async Task Await(StepContext step)
    {
        stage.Reach(step.ProcessId, "entered");
        await stage.ReachedAsync(step.ProcessId, "go", step.CancellationToken);
        Context.Awaited = "awaited";
    }

    private Task StartChild(StepContext step)
    {
        ToContext(c => c.Child, LaunchProcess.Type.Child(Input));
        return Task.CompletedTask;
    }
}
