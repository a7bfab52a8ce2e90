using Orleans.Workflows;

namespace Samples.ProcessTree;

/// <summary>Waits until somebody has read it.</summary>
[Process("tree/station")]
public sealed class Station : Process<StationInput, StationOutput>
{
    protected override Task<StepResult> RunAsync(StepContext step) => Task.FromResult(WaitFor<int>("read", Read));

    private Task<StepResult> Read(StepContext step, int reading)
    {
        step.Report($"{Input.Name} reads {reading}", reading > 90 ? ReportLevel.Warning : ReportLevel.Report);
        return Task.FromResult(Finish(new StationOutput(reading)));
    }
}
