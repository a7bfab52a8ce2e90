namespace Orleans.Workflows.Shared.Processes;

/// <summary>Waits for a time, if its input says so, and then for the signal 'go'.</summary>
[Process("test/wait")]
public sealed class Waiter : Process<WaitInput, WaitOutput>
{
    protected override Task<StepResult> RunAsync(StepContext step) =>
        Input.Delay is { } delay ? Task.FromResult(Delay(delay, Listen)) : Listen(step);

    private Task<StepResult> Listen(StepContext step)
    {
        step.SetStatus("listening");
        return Task.FromResult(
            Input.Timeout is { } timeout ? WaitFor<string>("go", Heard, timeout, Late) : WaitFor<string>("go", Heard));
    }

    private Task<StepResult> Heard(StepContext step, string text) => Task.FromResult(Finish(new WaitOutput(text)));

    private Task<StepResult> Late(StepContext step) => Task.FromResult(Finish(new WaitOutput("timeout")));
}
