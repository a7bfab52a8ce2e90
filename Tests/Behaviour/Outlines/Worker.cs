namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>A child that ends as it is told.</summary>
[Process("behaviour/worker")]
public sealed class Worker : Process<WorkInput, WorkOutput>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<WorkInput, WorkOutput> Type = new("behaviour/worker");

    /// <summary>How it fails.</summary>
    public static readonly ExitCode Tired = new(420, "TIRED", "Worker {number} is tired.");

    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step)
    {
        switch (Input.End)
        {
            case "code":
                return Task.FromResult<StepResult>(Tired.With(("number", Input.Number)));
            case "throw":
                throw new InvalidOperationException($"worker {Input.Number} fell");
            case "kill":
                step.RequestKill($"worker {Input.Number} gave up");
                break;
            case "wait":
                return Task.FromResult(WaitFor<string>("go", Gone));
            default:
                break;
        }

        return Task.FromResult(Finish(new WorkOutput(Input.Number)));
    }

    private Task<StepResult> Gone(StepContext step, string payload) =>
        Task.FromResult(Finish(new WorkOutput(Input.Number)));
}
