namespace Orleans.Workflows.CliTests.Silo;

/// <summary>
/// Its first attempt fails, which is an incident; the others run until a test lets them end
/// (<see cref="Stubborn.Release"/>). Then it waits.
/// </summary>
[Process("test/moody", FailureIsIncident = true)]
public sealed class Moody : Process<Echo.In, Echo.Out>
{
    /// <inheritdoc/>
    protected override async Task<StepResult> RunAsync(StepContext step)
    {
        if (step.Attempt == 1)
        {
            throw new InvalidOperationException("Not today.");
        }

        await Stubborn.ReleasedAsync(step.ProcessId.Value);
        return WaitFor<Echo.Out>("approval", Approved);
    }

    private Task<StepResult> Approved(StepContext step, Echo.Out payload) => Task.FromResult(Finish(payload));
}
