using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Cluster.Sweeps;

/// <summary>Has an incident until it is repaired.</summary>
[Process("sweep/fragile", FailureIsIncident = true)]
public sealed class Fragile(Repairs repairs, EffectLedger effects) : Process<ErrandInput, ErrandOutput>
{
    protected override Task<StepResult> RunAsync(StepContext step) => Task.FromResult(Next(Mend));

    private Task<StepResult> Mend(StepContext step)
    {
        if (!repairs.IsRepaired(step.ProcessId))
        {
            throw new InvalidOperationException("it is broken");
        }

        effects.Record("work", step.IdempotencyKey);
        return Task.FromResult(Finish(new ErrandOutput("repaired")));
    }
}
