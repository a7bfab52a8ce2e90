using Orleans.Workflows;

namespace Samples.RestartingJob;

/// <summary>What is to be simulated, and how often it may be tried (<see cref="RestartInput"/>).</summary>
public sealed record StudyInput(int MemoryGb) : RestartInput;

/// <summary>What came of it.</summary>
public sealed record StudyOutput(double Energy, int Runs);

/// <summary>Runs the simulation, mends its input after the failures that it knows, and runs it again.</summary>
[Process("jobs/simulate-until-done")]
public sealed class SimulateUntilDone
    : RestartChain<
        StudyInput,
        StudyOutput,
        RestartContext<SimulateInput, SimulateOutput>,
        SimulateInput,
        SimulateOutput
    >
{
    public static readonly ProcessType<StudyInput, StudyOutput> Type = new("jobs/simulate-until-done");

    public static readonly ExitCode TooLarge = new(200, "TOO_LARGE", "No machine has more than 64 GB.");

    protected override ProcessType<SimulateInput, SimulateOutput> Child => Simulation.Run;

    protected override SimulateInput PrepareInputs() => new(Input.MemoryGb, Step: 0.5);

    protected override StudyOutput CreateOutput(ChildResult<SimulateOutput> last) =>
        new(last.Output.Energy, Context.Children.Count);

    [RestartHandler(Priority = 10, ExitCodes = [110])]
    private HandlerReport DoubleTheMemory(ChildResult<SimulateOutput> last)
    {
        Context.Inputs = Context.Inputs! with { MemoryGb = Context.Inputs.MemoryGb * 2 };
        return Context.Inputs.MemoryGb > 64
            ? HandlerReport.Abort(TooLarge)
            : HandlerReport.Restart with
            {
                Break = true,
            };
    }

    [RestartHandler(ExitCodes = [120])]
    private HandlerReport HalveTheStep(ChildResult<SimulateOutput> last)
    {
        Context.Inputs = Context.Inputs! with { Step = Context.Inputs.Step / 2 };
        return HandlerReport.Restart;
    }
}
