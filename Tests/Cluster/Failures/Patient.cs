using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster.Failures;

/// <summary>Waits an hour for the signal 'go', in vain, and then for ever.</summary>
[Process("failures/patient")]
public sealed class Patient : Process<WaitInput, WaitOutput>
{
    protected override Task<StepResult> RunAsync(StepContext step) =>
        Task.FromResult(WaitFor<string>("go", Heard, TimeSpan.FromHours(1), Late));

    private Task<StepResult> Late(StepContext step) => Task.FromResult(WaitFor<string>("go", HeardLate));

    private Task<StepResult> Heard(StepContext step, string text) =>
        Task.FromResult(Finish(new WaitOutput($"in time: {text}")));

    private Task<StepResult> HeardLate(StepContext step, string text) =>
        Task.FromResult(Finish(new WaitOutput($"late: {text}")));
}
