namespace Orleans.Workflows.CrashHost.Processes;

/// <summary>A step that takes its silo along, each time that it runs, until its gate is open.</summary>
[Process("crash/bomb")]
public sealed class Bomb(Ledger ledger, Gates gates) : Process<GateInput, AttemptOutput>
{
    private static readonly TimeSpan Fuse = TimeSpan.FromMilliseconds(150);

    protected override async Task<StepResult> RunAsync(StepContext step)
    {
        await ledger.BeginAsync(step);
        if (!await gates.WaitAsync(Input.Gate, Fuse, step.CancellationToken))
        {
            Environment.FailFast($"The bomb {step.ProcessId} explodes in attempt {step.Attempt}.");
        }

        await ledger.EndAsync(step);
        return Finish(new AttemptOutput(step.Attempt));
    }
}
