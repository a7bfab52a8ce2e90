using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Reports;

/// <summary>Reports, and then does what it is told.</summary>
/// <param name="stage">A gate.</param>
[Process("behaviour/report")]
public sealed class ReportProcess(Stage stage) : Process<ReportInput, ReportOutput>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<ReportInput, ReportOutput> Type = new("behaviour/report");

    /// <inheritdoc/>
    protected override void Configure(StepOptionsBuilder steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        steps
            .For(nameof(FailOnce), retry: RetryPolicy.Fixed(2, TimeSpan.Zero))
            .For(nameof(TimeOut), timeout: TimeSpan.FromMilliseconds(50));
    }

    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step) => Task.FromResult(Input.Does switch
    {
        "fail once" => Next(FailOnce),
        "time out" => Next(TimeOut),
        "wait" => Next(Gated),
        "wait deaf" => Next(Deaf),
        "levels" => Next(Levels),
        "bad text" => Next(BadText),
        _ => Next(Tree),
    });

    private async Task<StepResult> FailOnce(StepContext step)
    {
        step.Report($"attempt {step.Attempt}", step.Attempt == 1 ? ReportLevel.Error : ReportLevel.Info);
        await Task.Yield();
        return step.Attempt == 1 ? throw new InvalidOperationException("once") : Finish(new ReportOutput("done"));
    }

    private async Task<StepResult> TimeOut(StepContext step)
    {
        step.Report("before the time is over");
        await stage.ReachedAsync(step.ProcessId, "never", step.CancellationToken);
        return Finish(new ReportOutput("done"));
    }

    private async Task<StepResult> Gated(StepContext step)
    {
        step.Report($"attempt {step.Attempt}");
        stage.Reach(step.ProcessId, $"runs {step.Attempt}");
        await stage.ReachedAsync(step.ProcessId, "go", step.CancellationToken);
        return Finish(new ReportOutput("done"));
    }

    private async Task<StepResult> Deaf(StepContext step)
    {
        step.Report($"attempt {step.Attempt}");
        stage.Reach(step.ProcessId, $"runs {step.Attempt}");
        await stage.ReachedAsync(step.ProcessId, $"go {step.Attempt}");
        return Finish(new ReportOutput($"attempt {step.Attempt}"));
    }

    private Task<StepResult> Levels(StepContext step)
    {
        foreach (var level in Enum.GetValues<ReportLevel>())
        {
            step.Report($"{level}", level);
        }

        step.Report("no level");
        step.Report(new string('x', 8_001));
        return Task.FromResult(Finish(new ReportOutput("done")));
    }

    private Task<StepResult> BadText(StepContext step)
    {
        step.Report("good");
        try
        {
            step.Report("bad\0");
            return Task.FromResult(Finish(new ReportOutput("taken")));
        }
        catch (ArgumentException e)
        {
            return Task.FromResult(Finish(new ReportOutput(e.Message)));
        }
    }

    private Task<StepResult> Tree(StepContext step)
    {
        step.Report("before the child");
        return Task.FromResult(StartChildren([Type.Child(new ReportInput("levels"))], Behind));
    }

    private Task<StepResult> Behind(StepContext step, IReadOnlyList<ChildResult<ReportOutput>> children)
    {
        step.Report("behind the child");
        return Task.FromResult(Finish(new ReportOutput("done")));
    }
}
