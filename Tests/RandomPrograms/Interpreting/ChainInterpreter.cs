using Orleans.Workflows.RandomPrograms.Model;
using Orleans.Workflows.RandomPrograms.Programs;

namespace Orleans.Workflows.RandomPrograms.Interpreting;

/// <summary>
/// Interprets programs as a work chain: a loop over the instructions, whose place and notes are the context.
/// </summary>
/// <param name="world">The outside.</param>
public abstract class ChainInterpreter(World world) : WorkChain<RandomProgram, ProgramOutput, ChainPlace>
{
    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) =>
        outline.While(HasMore, body =>
            body.If(IsPlain, then => then.Step(Plain))
                .ElseIf(IsRetried, then =>
                    then.Step(Retried, retry: RetryPolicy.Fixed(MachineInterpreter.Attempts, TimeSpan.FromSeconds(2))))
                .ElseIf(IsComputed, then => then.Step(Compute))
                .ElseIf(WaitsForA, then => then.WaitFor<string>("a", HeardA))
                .ElseIf(WaitsForB, then => then.WaitFor<string>("b", HeardB))
                .ElseIf(WaitsForT, then => then.WaitFor<string>("t", HeardT, MachineInterpreter.Patience, LateT))
                .ElseIf(WaitsForR, then => then.WaitFor<string>("r", HeardR, MachineInterpreter.Patience, LateR))
                .ElseIf(Sleeps, then => then.Delay(HowLong).Step(Awake))
                .ElseIf(HasChildren, then => then.Children(Start, Collect))
                .Else(then => then.Step(Other)));

    /// <inheritdoc/>
    protected override ProgramOutput CreateOutput() => new() { Notes = Context.Notes };

    private Instruction Current => Input.Instructions[Context.At];

    private bool HasMore() => Context.At < Input.Instructions.Count;

    private bool IsPlain() => Current is { Kind: InstructionKind.Work, Fails: 0, Computes: false };

    private bool IsRetried() => Current is { Kind: InstructionKind.Work, Fails: > 0 };

    private bool IsComputed() => Current is { Kind: InstructionKind.Work, Computes: true };

    private bool WaitsForA() => WaitsFor("a");

    private bool WaitsForB() => WaitsFor("b");

    private bool WaitsForT() => WaitsFor("t");

    private bool WaitsForR() => WaitsFor("r");

    private bool WaitsFor(string name) => Current.Kind == InstructionKind.Wait && Current.SignalName() == name;

    private bool Sleeps() => Current.Kind == InstructionKind.Sleep;

    private bool HasChildren() => Current.Kind == InstructionKind.Children;

    private Task Plain(StepContext step) => DoAsync(step, "done");

    private Task Retried(StepContext step) => DoAsync(step, "done");

    [CpuBound]
    private Task Compute(StepContext step) => DoAsync(step, "done");

    private Task HeardA(StepContext step, string payload) => DoAsync(step, payload);

    private Task HeardB(StepContext step, string payload) => DoAsync(step, payload);

    private Task HeardT(StepContext step, string payload) => DoAsync(step, payload);

    private Task HeardR(StepContext step, string payload) => DoAsync(step, payload);

    private Task LateT(StepContext step) => DoAsync(step, "timeout");

    private Task LateR(StepContext step) => DoAsync(step, "timeout");

    private TimeSpan HowLong() => Current.Sleep;

    private Task Awake(StepContext step) => DoAsync(step, "slept");

    private IEnumerable<ChildStart<ProgramOutput>> Start() => ProgramTypes.ChildrenOf(Current);

    private Task Collect(StepContext step, IReadOnlyList<ChildResult<ProgramOutput>> children) =>
        DoAsync(step, ProgramTypes.Summary(children));

    private async Task<StepResult?> Other(StepContext step)
    {
        var instruction = Current;
        switch (instruction.Kind)
        {
            case InstructionKind.Say:
                step.SetStatus($"at step {step.StepNumber}");
                await DoAsync(step, "said");
                return null;
            case InstructionKind.PauseSelf:
                step.RequestPause("by itself");
                await DoAsync(step, "paused");
                return null;
            case InstructionKind.KillSelf:
                step.RequestKill("by itself");
                await DoAsync(step, "killed");
                return null;
            case InstructionKind.Exit:
                await DoAsync(step, "exit");
                return Exit(instruction.Code, "as the program says");
            case InstructionKind.Hold:
                await DoAsync(step, "held");
                return null;
            default:
                throw new InvalidOperationException($"There is no instruction {instruction.Kind}.");
        }
    }

    private async Task DoAsync(StepContext step, string note)
    {
        await world.ActAsync(step, Input, Context.At);
        Context.Notes[ExpectedNote.Key(Context.At)] = note;
        Context.At++;
    }
}
