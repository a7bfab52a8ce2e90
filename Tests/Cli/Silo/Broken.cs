namespace Orleans.Workflows.CliTests.Silo;

/// <summary>Fails, which is an incident.</summary>
[Process("test/broken", FailureIsIncident = true)]
public sealed class Broken : Process<Echo.In, Echo.Out>
{
    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step) =>
        throw new InvalidOperationException("The printer is on fire.");
}
