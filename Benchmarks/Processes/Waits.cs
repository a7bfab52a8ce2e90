namespace Orleans.Workflows.Benchmarks.Processes;

/// <summary>Waits for a signal and ends with it.</summary>
[Process("benchmarks/waits")]
public sealed class Waits : Process<WaitsInput, WaitsOutput>
{
    /// <summary>The signal.</summary>
    public const string Signal = "go";

    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step) =>
        Task.FromResult(WaitFor<string>(Signal, Heard));

    private Task<StepResult> Heard(StepContext step, string got) => Task.FromResult(Finish(new WaitsOutput(got)));
}
