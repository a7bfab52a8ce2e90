namespace Orleans.Workflows.CrashHost.Processes;

/// <summary>
/// Waits for a time, or for the signal 'go'. Writes to the ledger only when it has come to its end, so that many can
/// wait cheaply.
/// </summary>
[Process("crash/wait")]
public sealed class Waits(Ledger ledger) : Process<WaitsInput, WaitsOutput>
{
    protected override Task<StepResult> RunAsync(StepContext step) =>
        Task.FromResult(Input.Delay is { } delay ? Delay(delay, Rang) : WaitFor<string>("go", Heard));

    private Task<StepResult> Rang(StepContext step) => EndAsync(step, "time");

    private Task<StepResult> Heard(StepContext step, string text) => EndAsync(step, text);

    private async Task<StepResult> EndAsync(StepContext step, string got)
    {
        await ledger.BeginAsync(step);
        await ledger.EndAsync(step);
        return Finish(new WaitsOutput(got));
    }
}
