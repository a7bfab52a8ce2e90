namespace Orleans.Workflows.Cluster.Limits;

/// <summary>Takes a time by a signal, as a step machine.</summary>
[Process("test/time-machine")]
public sealed class TimeMachine : Process<TimeInput, TimeOutput>
{
    public static ProcessType<TimeInput, TimeOutput> Type { get; } = new("test/time-machine");

    protected override Task<StepResult> RunAsync(StepContext step) =>
        Task.FromResult(WaitFor<TimeInput>("go", Take));

    private Task<StepResult> Take(StepContext step, TimeInput signal) =>
        Task.FromResult(Finish(new TimeOutput(signal.At)));
}
