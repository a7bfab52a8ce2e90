using System.Diagnostics;

namespace Orleans.Workflows.CrashHost.Processes;

/// <summary>
/// A step that computes without ever giving its thread back, for 30 seconds or until its gate is open.
/// </summary>
[Process("crash/spin")]
public sealed class Spin(Ledger ledger, Gates gates) : Process<SpinInput, AttemptOutput>
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    protected override async Task<StepResult> RunAsync(StepContext step)
    {
        var begun = ledger.BeginAsync(step);
        if (!Input.AtOnce)
        {
            await begun;
        }

        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < Longest && !gates.IsOpen(Input.Gate))
        {
            Thread.SpinWait(10_000);
        }

        await begun;
        await ledger.EndAsync(step);
        return Finish(new AttemptOutput(step.Attempt));
    }
}
