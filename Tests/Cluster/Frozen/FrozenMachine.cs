namespace Orleans.Workflows.Cluster.Frozen;

/// <summary>
/// A step machine that comes to stand wherever its input says. What it waits for by itself takes 30 days.
/// </summary>
[Process("frozen/machine")]
public sealed class FrozenMachine(FrozenWorld world) : Process<FrozenInput, FrozenOutput>
{
    private static readonly TimeSpan Far = TimeSpan.FromDays(30);

    protected override void Configure(StepOptionsBuilder steps) =>
        steps.For(nameof(Flaky), retry: RetryPolicy.Fixed(3, Far));

    protected override Task<StepResult> RunAsync(StepContext step)
    {
        step.SetStatus($"goes on as {Input.Kind}");
        return Task.FromResult(Next(Choose, Input.Kind));
    }

    private Task<StepResult> Choose(StepContext step, string kind) =>
        Task.FromResult(
            kind switch
            {
                "signal" => WaitFor<string>("go", Heard),
                "timeout" => WaitFor<string>("go", Heard, Far, Late),
                "timer" => Delay(Far, Rested),
                "gate" => Next(Gate),
                "retry" => Next(Flaky),
                "children" => StartChildren(
                    Input.Children!.Select(c =>
                        FrozenTypes.Machine.Child(new FrozenInput(c.Kind), ProcessId.Parse(c.Id))),
                    Joined),
                "exit" => Exit(300, "asked to fail"),
                "throw" => throw new InvalidOperationException("asked to throw"),
                _ => Finish(new FrozenOutput("at once")),
            });

    private Task<StepResult> Heard(StepContext step, string text) =>
        Task.FromResult(Finish(new FrozenOutput($"heard {text}")));

    private Task<StepResult> Late(StepContext step) => Task.FromResult(Finish(new FrozenOutput("late")));

    private Task<StepResult> Rested(StepContext step) => Task.FromResult(WaitFor<string>("go", Heard));

    private async Task<StepResult> Gate(StepContext step)
    {
        if (world.IsOld)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, step.CancellationToken);
        }

        return Finish(new FrozenOutput($"attempt {step.Attempt}"));
    }

    private Task<StepResult> Flaky(StepContext step) =>
        world.IsOld
            ? throw new InvalidOperationException("the old world fails")
            : Task.FromResult(Finish(new FrozenOutput($"attempt {step.Attempt}")));

    private Task<StepResult> Joined(StepContext step, IReadOnlyList<ChildResult<FrozenOutput>> children) =>
        Task.FromResult(
            Finish(
                new FrozenOutput(
                    string.Join(", ", children.Select(static c => c.IsSuccess ? c.Output.Text : "failed")))));
}
