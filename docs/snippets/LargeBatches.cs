using Orleans.Workflows;

namespace Snippets;

[Process("jobs/large-batch")]
public sealed class RunLargeBatch : WorkChain<BatchInput, BatchOutput, RunLargeBatch.Progress>
{
    public sealed class Progress
    {
        public int Succeeded { get; set; }

        public List<ChildResult<JobOutput>> Last { get; set; } = [];
    }

    protected override void Define(OutlineBuilder outline) => outline
        .Children(Start, Count, maxConcurrency: 50)
        .Step(CleanUp);

    protected override BatchOutput CreateOutput() => new(Context.Succeeded, Context.Last.Count(job => !job.IsSuccess));

    private IEnumerable<ChildStart<JobOutput>> Start() =>
        Input.Scripts.Select(script => Jobs.Follow.Child(new JobInput(script)));

    private Task Count(StepContext step, IReadOnlyList<ChildResult<JobOutput>> jobs)
    {
        Context.Succeeded = jobs.Count(job => job.IsSuccess);
        return Task.CompletedTask;
    }

    private Task CleanUp(StepContext step)
    {
        LimitChildren(5);
        foreach (var script in Input.Scripts)
        {
            AppendToContext(context => context.Last, Jobs.Follow.Child(new JobInput($"rm {script}.tmp")));
        }

        return Task.CompletedTask;
    }
}
