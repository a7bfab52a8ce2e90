using Orleans.Workflows.Behaviour.Clusters;
using Orleans.Workflows.Behaviour.Matrix;

namespace Orleans.Workflows.Behaviour.Restarts;

/// <summary>Notes its run id, waits, and notes it again.</summary>
/// <param name="stage">Where it notes it.</param>
[Process("behaviour/run-id")]
public sealed class RunIdProcess(Stage stage) : Process<MatrixInput, MatrixOutput>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<MatrixInput, MatrixOutput> Type = new("behaviour/run-id");

    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step)
    {
        stage.Note(step.ProcessId, step.RunId);
        return Task.FromResult(WaitFor<string>("go", Again));
    }

    private Task<StepResult> Again(StepContext step, string signal)
    {
        stage.Note(step.ProcessId, step.RunId);
        return Task.FromResult(Finish(new MatrixOutput(step.RunId)));
    }
}
