using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Incidents;

/// <summary>A step machine whose second step fails until its cause is mended.</summary>
/// <param name="stage">Says whether it is.</param>
[Process("behaviour/incident-machine", FailureIsIncident = true)]
public sealed class IncidentMachine(Stage stage) : Process<IncidentInput, IncidentOutput>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<IncidentInput, IncidentOutput> Type = new("behaviour/incident-machine");

    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step) => Task.FromResult(Next(Failing));

    private Task<StepResult> Failing(StepContext step) => stage.IsReached(step.ProcessId, "mended")
        ? Task.FromResult(Finish(new IncidentOutput($"Failing{step.StepNumber}")))
        : throw new InvalidOperationException("not mended");

    private Task<StepResult> Rescue(StepContext step)
    {
        stage.Reach(step.ProcessId, "rescued");
        return Task.FromResult(Finish(new IncidentOutput($"Rescue{step.StepNumber}")));
    }
}
