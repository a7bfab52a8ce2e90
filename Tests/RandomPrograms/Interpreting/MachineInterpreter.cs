using Orleans.Workflows.RandomPrograms.Model;
using Orleans.Workflows.RandomPrograms.Programs;

namespace Orleans.Workflows.RandomPrograms.Interpreting;

/// <summary>
/// Interprets programs as a step machine. Its place is the number of its steps, its memory what it has emitted: both
/// are the engine's.
/// </summary>
/// <param name="world">The outside.</param>
public abstract class MachineInterpreter(World world) : Process<RandomProgram, ProgramOutput>
{
    /// <summary>How long a wait with a timeout lasts.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(40);

    /// <summary>Attempts of work that may fail.</summary>
    public const int Attempts = 4;

    /// <inheritdoc/>
    protected override void Configure(StepOptionsBuilder steps) =>
        steps.For(nameof(Retried), retry: RetryPolicy.Fixed(Attempts, TimeSpan.FromSeconds(2)));

    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step) => Task.FromResult(Go(0));

    private Task<StepResult> Plain(StepContext step) => DoAsync(step, "done");

    private Task<StepResult> Retried(StepContext step) => DoAsync(step, "done");

    [CpuBound]
    private Task<StepResult> Compute(StepContext step) => DoAsync(step, "done");

    private Task<StepResult> Done(StepContext step) => Task.FromResult(Go(Input.Instructions.Count));

    private Task<StepResult> Hold(StepContext step) => DoAsync(step, "held");

    private async Task<StepResult> Say(StepContext step)
    {
        step.SetStatus($"at step {step.StepNumber}");
        return await DoAsync(step, "said");
    }

    private async Task<StepResult> PauseSelf(StepContext step)
    {
        step.RequestPause("by itself");
        return await DoAsync(step, "paused");
    }

    private async Task<StepResult> KillSelf(StepContext step)
    {
        step.RequestKill("by itself");
        return await DoAsync(step, "killed");
    }

    private async Task<StepResult> End(StepContext step)
    {
        await DoAsync(step, "exit");
        return Exit(Input.Instructions[At(step)].Code, "as the program says");
    }

    private Task<StepResult> Wait(StepContext step)
    {
        var instruction = Input.Instructions[At(step)];
        return Task.FromResult(instruction.Timeout
            ? WaitFor<string>(instruction.SignalName(), Heard, Patience, Late)
            : WaitFor<string>(instruction.SignalName(), Heard));
    }

    private Task<StepResult> Heard(StepContext step, string payload) => DoAsync(step, payload);

    private Task<StepResult> Late(StepContext step) => DoAsync(step, "timeout");

    private Task<StepResult> Sleep(StepContext step) =>
        Task.FromResult(Delay(Input.Instructions[At(step)].Sleep, Awake));

    private Task<StepResult> Awake(StepContext step) => DoAsync(step, "slept");

    private Task<StepResult> Start(StepContext step) =>
        Task.FromResult(StartChildren(ProgramTypes.ChildrenOf(Input.Instructions[At(step)]), Collect));

    private Task<StepResult> Collect(StepContext step, IReadOnlyList<ChildResult<ProgramOutput>> children) =>
        DoAsync(step, ProgramTypes.Summary(children));

    private async Task<StepResult> DoAsync(StepContext step, string note)
    {
        var at = At(step);
        await world.ActAsync(step, Input, at);
        Emit($"notes.{ExpectedNote.Key(at)}", note);
        return Go(at + 1);
    }

    /// <summary>The step that carries out an instruction: where a skip goes on.</summary>
    /// <param name="program">The program.</param>
    /// <param name="at">The instruction; as many as there are for the end.</param>
    /// <returns>The step's position.</returns>
    public static string PositionOf(RandomProgram program, int at)
    {
        ArgumentNullException.ThrowIfNull(program);
        return at >= program.Instructions.Count ? nameof(Done) : program.Instructions[at] switch
        {
            { Kind: InstructionKind.Work, Fails: > 0 } => nameof(Retried),
            { Kind: InstructionKind.Work, Computes: true } => nameof(Compute),
            { Kind: InstructionKind.Work } => nameof(Plain),
            { Kind: InstructionKind.Children } => nameof(Start),
            { Kind: InstructionKind.Exit } => nameof(End),
            var other => other.Kind.ToString(),
        };
    }

    private int At(StepContext step) => Layout.InstructionAt(Input, step.StepNumber);

    private StepResult Go(int at) => at >= Input.Instructions.Count ? Finish() : Next(StepOf(Input.Instructions[at]));

    private Func<StepContext, Task<StepResult>> StepOf(Instruction instruction) => instruction.Kind switch
    {
        InstructionKind.Work when instruction.Fails > 0 => Retried,
        InstructionKind.Work when instruction.Computes => Compute,
        InstructionKind.Work => Plain,
        InstructionKind.Wait => Wait,
        InstructionKind.Sleep => Sleep,
        InstructionKind.Children => Start,
        InstructionKind.Say => Say,
        InstructionKind.PauseSelf => PauseSelf,
        InstructionKind.KillSelf => KillSelf,
        InstructionKind.Exit => End,
        InstructionKind.Hold => Hold,
        _ => throw new InvalidOperationException($"There is no instruction {instruction.Kind}."),
    };
}
