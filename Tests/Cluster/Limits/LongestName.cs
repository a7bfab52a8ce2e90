using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster.Limits;

/// <summary>Ends at once, under a name of the longest that is allowed.</summary>
[Process(LongName.Name + "e")]
public sealed class LongestName : Process<HelloInput, HelloOutput>
{
    protected override Task<StepResult> RunAsync(StepContext step) => Task.FromResult(Finish());
}
