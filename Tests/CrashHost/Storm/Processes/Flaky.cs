using Orleans.Workflows.CrashHost.Processes;

namespace Orleans.Workflows.CrashHost.Storm.Processes;

/// <summary>A step whose first attempts fail.</summary>
[Process("storm/flaky")]
public sealed class Flaky(Ledger ledger) : Process<FlakyInput, FlakyOutput>
{
    protected override RetryPolicy Retry => RetryPolicy.Fixed(maxAttempts: 6, TimeSpan.FromMilliseconds(100));

    protected override async Task<StepResult> RunAsync(StepContext step)
    {
        await ledger.BeginAsync(step);
        if (step.Attempt <= Input.Failures)
        {
            throw new InvalidOperationException(
                $"Attempt {step.Attempt} of {step.ProcessId} fails, as it was asked to.");
        }

        await ledger.EndAsync(step);
        return Finish(new FlakyOutput(Input.Failures));
    }
}
