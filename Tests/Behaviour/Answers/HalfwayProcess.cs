using Orleans.Workflows.Behaviour.Outlines;

namespace Orleans.Workflows.Behaviour.Answers;

/// <summary>Emits an output, and ends as it is told.</summary>
[Process("behaviour/halfway")]
public sealed class HalfwayProcess : Process<HalfwayInput, HalfwayOutput>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<HalfwayInput, HalfwayOutput> Type = new("behaviour/halfway");

    /// <inheritdoc/>
    protected override RetryPolicy Retry => RetryPolicy.Fixed(3, TimeSpan.Zero).Except<TimeoutException>();

    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step)
    {
        Emit(o => o.Number, 7);
        return Task.FromResult(Next(Second));
    }

    private Task<StepResult> Second(StepContext step)
    {
        switch (Input.End)
        {
            case "code":
                return Task.FromResult(Exit(432, "halfway"));
            case "several":
                throw new AggregateException(
                    new InvalidOperationException("fell"),
                    new AggregateException(new TimeoutException("slow")));
            case "failed" when step.Attempt < 3:
                throw new ProcessFailedException("another process has failed", new ProcessOutcome
                {
                    Id = step.ProcessId,
                    State = ProcessState.Finished,
                    ExitCode = 432,
                    FinishedAt = default,
                });
            case "throw":
                throw new InvalidOperationException("fell", new FormatException("of a stone"));
            case "child":
                return Task.FromResult(
                    StartChildren(
                        [
                            new ProcessType<WorkInput, WorkOutput>("behaviour/nobody-has-it").Child(
                                new WorkInput("ok", 1)),
                        ],
                        Together));
            case "worker":
                return Task.FromResult(StartChildren([Worker.Type.Child(new WorkInput("wait", 1))], Together));
            default:
                return Task.FromResult(Finish(new HalfwayOutput(8, $"attempt {step.Attempt}")));
        }
    }

    private Task<StepResult> Together(StepContext step, IReadOnlyList<ChildResult<WorkOutput>> children) =>
        Task.FromResult(Finish());
}
