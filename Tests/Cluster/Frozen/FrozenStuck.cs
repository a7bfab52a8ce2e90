namespace Orleans.Workflows.Cluster.Frozen;

/// <summary>A process whose step makes an incident in the old world.</summary>
[Process("frozen/stuck", FailureIsIncident = true)]
public sealed class FrozenStuck(FrozenWorld world) : Process<FrozenInput, FrozenOutput>
{
    protected override Task<StepResult> RunAsync(StepContext step) =>
        world.IsOld
            ? throw new InvalidOperationException("the old world is stuck")
            : Task.FromResult(Finish(new FrozenOutput($"attempt {step.Attempt}")));
}
