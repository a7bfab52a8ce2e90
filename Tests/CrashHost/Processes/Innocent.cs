namespace Orleans.Workflows.CrashHost.Processes;

/// <summary>
/// An innocent long step: it waits for its gate, a second at a time by default, so that it gives the slot for suspects
/// back when it has it.
/// </summary>
[Process("crash/long")]
public sealed class Innocent(Ledger ledger, Gates gates) : Process<GateInput, AttemptOutput>
{
    protected override Task<StepResult> RunAsync(StepContext step) => Hold(step);

    private async Task<StepResult> Hold(StepContext step)
    {
        await ledger.BeginAsync(step);
        var open = await gates.WaitAsync(
            Input.Gate,
            TimeSpan.FromSeconds(Input.TurnSeconds),
            Input.Deaf ? CancellationToken.None : step.CancellationToken);
        await ledger.EndAsync(step);
        return open ? Finish(new AttemptOutput(step.Attempt)) : Next(Hold);
    }
}
