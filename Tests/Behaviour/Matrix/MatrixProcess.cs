using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Matrix;

/// <summary>
/// Brings itself into a situation. However it got there, it then waits for the signal 'resume', passes a gate and ends.
/// </summary>
/// <param name="stage">Where it says how far it is.</param>
[Process("behaviour/matrix", FailureIsIncident = true)]
public sealed class MatrixProcess(Stage stage) : Process<MatrixInput, MatrixOutput>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<MatrixInput, MatrixOutput> Type = new("behaviour/matrix");

    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step) => Task.FromResult(Input.Situation switch
    {
        Situation.StepRunning => Next(Listening),
        Situation.AtBoundary or Situation.RunningPaused => Next(Deaf),
        Situation.Incident => Next(Failing),
        Situation.Finished => Finish(new MatrixOutput("at once")),
        _ => WaitFor<string>("resume", Got),
    });

    private async Task<StepResult> Listening(StepContext step)
    {
        stage.Reach(step.ProcessId, "entered");
        await stage.ReachedAsync(step.ProcessId, "go", step.CancellationToken);
        return Next(Then);
    }

    private async Task<StepResult> Deaf(StepContext step)
    {
        stage.Reach(step.ProcessId, "entered");
        await stage.ReachedAsync(step.ProcessId, "go");
        stage.Note(step.ProcessId, "the deaf step returns");
        return Next(Then);
    }

    private Task<StepResult> Failing(StepContext step) =>
        stage.IsReached(step.ProcessId, "mended")
            ? Task.FromResult(Next(Then))
            : throw new InvalidOperationException("not mended yet");

    private Task<StepResult> Then(StepContext step) => Task.FromResult(WaitFor<string>("resume", Got));

    private async Task<StepResult> Got(StepContext step, string value)
    {
        await stage.ReachedAsync(step.ProcessId, "go", step.CancellationToken);
        return Next(End, value);
    }

    private Task<StepResult> End(StepContext step, string value) => Task.FromResult(Finish(new MatrixOutput(value)));
}
