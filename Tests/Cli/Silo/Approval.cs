namespace Orleans.Workflows.CliTests.Silo;

/// <summary>Waits for the signal 'approval' and gives its payload back.</summary>
[Process("test/approval")]
public sealed class Approval : Process<Echo.In, Echo.Out>
{
    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step) =>
        Task.FromResult(WaitFor<Echo.Out>("approval", Approved));

    private Task<StepResult> Approved(StepContext step, Echo.Out payload) => Task.FromResult(Finish(payload));
}
