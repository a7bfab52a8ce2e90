using Orleans.Workflows.Grains;

namespace Orleans.Workflows.Crash.CutOff;

/// <summary>Three steps with a signal between the first two, and a last one whose first attempt fails.</summary>
[Process("test/errand")]
public sealed class ErrandProcess(ErrandLedger ledger) : Process<Errand, ErrandDone>
{
    protected override void Configure(StepOptionsBuilder steps) => steps.For(nameof(Deliver), retry: RetryPolicy.Fixed(3, TimeSpan.FromMilliseconds(20)));

    protected override Task<StepResult> RunAsync(StepContext step) => DoAsync(step, WaitFor<string>("address", Fetch));

    private Task<StepResult> Fetch(StepContext step, string address) => DoAsync(step, Next(Deliver, address));

    private async Task<StepResult> Deliver(StepContext step, string address)
    {
        if (step.Attempt == 1)
        {
            throw new InvalidOperationException("nobody opens");
        }

        return await DoAsync(step, Finish(new ErrandDone($"{Input.Number} to {address}")));
    }

    private async Task<StepResult> DoAsync(StepContext step, StepResult result)
    {
        ledger.Write(step, ended: false);
        await Task.Yield();
        ledger.Write(step, ended: true);
        return result;
    }
}
