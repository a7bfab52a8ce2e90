using System.Runtime.CompilerServices;

namespace Orleans.Workflows.Shared.Processes;

/// <summary>Reports on what its steps run.</summary>
[Process("test/scheduling")]
public sealed class Scheduling(ProbeRecorder recorder) : Process<HelloInput, HelloOutput>
{
    protected override void Configure(StepOptionsBuilder steps) =>
        steps.For(nameof(Instances), retry: RetryPolicy.Fixed(2, TimeSpan.Zero));

    protected override Task<StepResult> RunAsync(StepContext step) => Task.FromResult(Input.Name switch
    {
        "await" => Next(Awaiting),
        "taskrun" => Next(Offloading),
        "context" => Next(ReadRequestContext),
        "instances" => Next(Instances),
        _ => Next(Overlap, 0),
    });

    private async Task<StepResult> Awaiting(StepContext step)
    {
        var before = TaskScheduler.Current;
        await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        return Finish(new HelloOutput($"{before != TaskScheduler.Default},{TaskScheduler.Current == before}"));
    }

    private async Task<StepResult> Offloading(StepContext step)
    {
        var own = TaskScheduler.Current;
        var elsewhere = await Task.Run(() => TaskScheduler.Current);
        return Finish(new HelloOutput($"{elsewhere == TaskScheduler.Default},{TaskScheduler.Current == own}"));
    }

    private Task<StepResult> ReadRequestContext(StepContext step) =>
        Task.FromResult(Finish(new HelloOutput($"{RequestContext.Get("caller") ?? "nothing"}")));

    private Task<StepResult> Instances(StepContext step)
    {
        recorder.Notes.Enqueue($"{step.ProcessId} instance {RuntimeHelpers.GetHashCode(this)}");
        return step.Attempt == 1
            ? throw new InvalidOperationException("the first attempt fails")
            : Task.FromResult(Finish(new HelloOutput("done")));
    }

    /// <summary>Notes its beginning and end around an await, so that steps which overlap would show.</summary>
    private async Task<StepResult> Overlap(StepContext step, int done)
    {
        recorder.Notes.Enqueue($"{step.ProcessId} +");
        await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        recorder.Notes.Enqueue($"{step.ProcessId} -");
        return done + 1 < Input.Steps ? Next(Overlap, done + 1) : Finish(new HelloOutput("done"));
    }
}
