using Orleans.Workflows;

namespace Samples.RestartingJob;

/// <summary>The contract of one run of the program.</summary>
public static class Simulation
{
    public static readonly ProcessType<SimulateInput, SimulateOutput> Run = new("jobs/simulate");

    public static readonly ExitCode OutOfMemory = new(110, "OUT_OF_MEMORY", "It needs more than {given} GB.");
    public static readonly ExitCode NotConverged = new(
        120,
        "NOT_CONVERGED",
        "It did not converge with the step {step}.");
}

/// <summary>How the program is run.</summary>
public sealed record SimulateInput(int MemoryGb, double Step);

/// <summary>What it finds.</summary>
public sealed record SimulateOutput(double Energy);

/// <summary>Stands for a program that takes its time and has its ways of failing.</summary>
[Process("jobs/simulate"), ExitCodes(typeof(Simulation))]
public sealed class Simulate : Process<SimulateInput, SimulateOutput>
{
    protected override async Task<StepResult> RunAsync(StepContext step)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(100), step.TimeProvider, step.CancellationToken);
        return Input switch
        {
            { MemoryGb: < 8 } => Simulation.OutOfMemory.With(("given", Input.MemoryGb)),
            { Step: > 0.3 } => Simulation.NotConverged.With(("step", Input.Step)),
            _ => Finish(new SimulateOutput(-17.5)),
        };
    }
}
