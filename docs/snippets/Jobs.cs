using Orleans.Workflows;

namespace Snippets;

public static class Jobs
{
    public static readonly ProcessType<JobInput, JobOutput> Follow = new("jobs/follow");
    public static readonly ProcessType<BatchInput, BatchOutput> Batch = new("jobs/batch");
}

public sealed record JobInput(string Script);

public sealed record JobOutput(string Log);

public sealed record BatchInput(string[] Scripts);

public sealed record BatchOutput(int Succeeded, int Failed);

public enum JobState
{
    Running,
    Done,
    Failed,
}

public interface ICluster
{
    Task<string> SubmitAsync(string script, string idempotencyKey, CancellationToken cancellationToken);

    Task<(JobState State, string Log)> AskAsync(string job, CancellationToken cancellationToken);
}

[Process("jobs/follow")]
public sealed class FollowJob(ICluster cluster) : WorkChain<JobInput, JobOutput, FollowJob.Progress>
{
    public sealed class Progress
    {
        public string Job { get; set; } = "";

        public JobState State { get; set; }

        public string Log { get; set; } = "";
    }

    protected override RetryPolicy Retry => RetryPolicy.Exponential(maxAttempts: 10);

    protected override TimeSpan? StepTimeout => TimeSpan.FromSeconds(20);

    protected override void Define(OutlineBuilder outline) => outline
        .Step(Submit)
        .While(IsRunning, body => body.Delay(TimeSpan.FromMinutes(1)).Step(Ask))
        .If(HasFailed, then => then.Return(exitCode: 110, "the job failed"));

    protected override JobOutput CreateOutput() => new(Context.Log);

    private bool IsRunning() => Context.State == JobState.Running;

    private bool HasFailed() => Context.State == JobState.Failed;

    private async Task Submit(StepContext step)
    {
        Context.Job = await cluster.SubmitAsync(Input.Script, step.IdempotencyKey, step.CancellationToken);
        step.SetStatus($"submitted as {Context.Job}");
    }

    private async Task Ask(StepContext step) =>
        (Context.State, Context.Log) = await cluster.AskAsync(Context.Job, step.CancellationToken);
}

[Process("jobs/batch")]
public sealed class RunBatch : WorkChain<BatchInput, BatchOutput, RunBatch.Progress>
{
    public sealed class Progress
    {
        public int Succeeded { get; set; }

        public int Failed { get; set; }
    }

    protected override void Define(OutlineBuilder outline) => outline.Children(Start, Count);

    protected override BatchOutput CreateOutput() => new(Context.Succeeded, Context.Failed);

    private IEnumerable<ChildStart<JobOutput>> Start() =>
        Input.Scripts.Select(script => Jobs.Follow.Child(new JobInput(script)));

    private Task Count(StepContext step, IReadOnlyList<ChildResult<JobOutput>> jobs)
    {
        Context.Succeeded = jobs.Count(job => job.IsSuccess);
        Context.Failed = jobs.Count - Context.Succeeded;
        return Task.CompletedTask;
    }
}
