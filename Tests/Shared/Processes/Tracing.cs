namespace Orleans.Workflows.Shared.Processes;

/// <summary>Changes its context in an attempt that fails and in one that does not.</summary>
[Process("test/tracing")]
public sealed class Tracing : WorkChain<HelloInput, HelloOutput, Tracing.Progress>
{
    public sealed class Progress
    {
        public List<string> Trace { get; set; } = [];
    }

    protected override void Define(OutlineBuilder outline) =>
        outline.Step(Try, retry: RetryPolicy.Fixed(2, TimeSpan.Zero)).Step(Last);

    protected override HelloOutput CreateOutput() => new(string.Join(",", Context.Trace));

    private Task Try(StepContext step)
    {
        Context.Trace.Add($"attempt {step.Attempt}");
        return step.Attempt == 1 ? throw new InvalidOperationException("the first attempt fails") : Task.CompletedTask;
    }

    private Task Last(StepContext step)
    {
        Context.Trace.Add("last");
        return Task.CompletedTask;
    }
}
