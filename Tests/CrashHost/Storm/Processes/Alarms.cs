using Orleans.Workflows.CrashHost.Processes;

namespace Orleans.Workflows.CrashHost.Storm.Processes;

/// <summary>Waits for one time after another.</summary>
[Process("storm/alarms")]
public sealed class Alarms(Ledger ledger) : Process<AlarmsInput, AlarmsOutput>
{
    protected override Task<StepResult> RunAsync(StepContext step) => NextAsync(step);

    private Task<StepResult> Rang(StepContext step) => NextAsync(step);

    private async Task<StepResult> NextAsync(StepContext step)
    {
        await ledger.BeginAsync(step);
        await ledger.EndAsync(step);

        // The first step has the number 0 and no time before it, so the number says how many times have come.
        return step.StepNumber < Input.Milliseconds.Count
            ? Delay(TimeSpan.FromMilliseconds(Input.Milliseconds[step.StepNumber]), Rang)
            : Finish(new AlarmsOutput(step.StepNumber));
    }
}
