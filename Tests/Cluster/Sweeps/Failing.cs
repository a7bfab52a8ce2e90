namespace Orleans.Workflows.Cluster.Sweeps;

/// <summary>Fails, and tries again every day for ever.</summary>
[Process("sweep/failing")]
public sealed class Failing : Process<ErrandInput, ErrandOutput>
{
    protected override void Configure(StepOptionsBuilder steps) =>
        steps.For(nameof(RunAsync), retry: RetryPolicy.Fixed(1_000, TimeSpan.FromDays(1)));

    protected override Task<StepResult> RunAsync(StepContext step) =>
        throw new InvalidOperationException("again");
}
