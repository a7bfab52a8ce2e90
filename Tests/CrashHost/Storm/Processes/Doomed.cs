using Orleans.Workflows.CrashHost.Processes;

namespace Orleans.Workflows.CrashHost.Storm.Processes;

/// <summary>
/// Never ends by itself: its deadline kills it, while a step runs or while it waits for a signal that nobody sends.
/// </summary>
[Process("storm/doomed")]
public sealed class Doomed(Ledger ledger) : Process<DoomedInput, DoomedOutput>
{
    protected override async Task<StepResult> RunAsync(StepContext step)
    {
        await ledger.BeginAsync(step);
        if (Input.Runs)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, step.CancellationToken);
        }

        await ledger.EndAsync(step);
        return WaitFor<string>("rescue", Rescued);
    }

    private Task<StepResult> Rescued(StepContext step, string text) =>
        Task.FromResult<StepResult>(Finish(new DoomedOutput()));
}
