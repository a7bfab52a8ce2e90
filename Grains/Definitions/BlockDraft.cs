using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>
/// A block of an outline in the making: turns methods into elements, and into the steps at which a process stands.
/// </summary>
/// <param name="draft">The outline.</param>
/// <param name="block">The block.</param>
/// <param name="path">Where it is: the ids before those of its elements.</param>
internal sealed class BlockDraft(OutlineDraft draft, Block block, string path)
{
    private static readonly Task<Directive?> Nothing = Task.FromResult<Directive?>(null);

    /// <summary>Adds a step.</summary>
    /// <param name="step">Its method.</param>
    /// <param name="id">Its id; null for the method's name.</param>
    /// <param name="policy">How its attempts are made.</param>
    public void Step(Func<StepContext, object?> step, string? id, StepPolicy policy)
    {
        var name = draft.Claim(step, id);
        var position = path + name;
        var element = Element(OutlineElementKind.Step, name, position);
        var instruction = new LeafInstruction(element, _ => new Directive.Next(position));
        Add(name, instruction);
        instruction.Step = AddNode(position, instruction, step, policy, Runner(step));
    }

    /// <summary>Adds a wait for a signal.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="then">The method that gets it, and what runs it.</param>
    /// <param name="late">
    /// How long, and the method that runs when it has not come; nulls for a wait without end.
    /// </param>
    /// <param name="id">The wait's id; null for the signal's name.</param>
    /// <param name="policy">How the attempts of both are made.</param>
    public void Wait(
        string signal,
        Receiver then,
        (TimeSpan? Timeout, Func<StepContext, object?>? Step) late,
        string? id,
        StepPolicy policy)
    {
        var wait = draft.Claim(then.Method, given: null, self: id ?? signal);
        if (late.Timeout is null != late.Step is null)
        {
            draft.Fault($"the wait for '{signal}' needs both a timeout and a step that runs then, or neither");
        }

        var behind = late.Step is null ? null : $"{path}{wait}/{draft.Claim(late.Step, given: null)}";
        var received = $"{path}{wait}/{draft.Claim(then.Method, given: null)}";
        var instruction = new LeafInstruction(
            Element(OutlineElementKind.Signal, wait, behind is null ? [received] : [received, behind]),
            _ => new Directive.AwaitSignal(signal, received, late.Timeout, behind));
        Add(wait, instruction);
        AddNode(received, instruction, then.Method, policy, then.RunAsync, signal);
        if (late.Step is not null)
        {
            AddNode(behind!, instruction, late.Step, policy, Runner(late.Step));
        }
    }

    /// <summary>Adds a wait for a time.</summary>
    public void Delay(string id, Func<Process, TimeSpan> delay)
    {
        var position = path + id;
        var element = Element(OutlineElementKind.Delay, id, position);
        var instruction = new LeafInstruction(element, process => new Directive.AwaitTime(delay(process), position));
        Add(id, instruction);
        AddNode(position, instruction, method: null, policy: default, static (_, _) => Nothing);
    }

    /// <summary>Adds children, which a step starts, and the wait for them.</summary>
    /// <param name="start">The method that makes them.</param>
    /// <param name="children">What starts them and waits, for the step at a position.</param>
    /// <param name="then">The method that gets their results, and what runs it.</param>
    /// <param name="id">The id of the step that starts them; null for its method's name.</param>
    /// <param name="policy">How the attempts of both are made.</param>
    public void Children(
        Delegate start,
        Func<Process, string, Directive> children,
        Receiver then,
        string? id,
        StepPolicy policy)
    {
        var name = draft.Claim(start, id);
        var starting = path + name;
        var received = $"{starting}/{draft.Claim(then.Method, given: null)}";
        var element = Element(OutlineElementKind.Children, name, starting, received);
        var instruction = new LeafInstruction(element, _ => new Directive.Next(starting));
        Add(name, instruction);
        instruction.Step = AddNode(starting, instruction, start, policy, (process, _) =>
            Task.FromResult<Directive?>(children(process, received)));
        AddNode(received, instruction, then.Method, policy, then.RunAsync);
    }

    /// <summary>What runs a method that gets nothing but the attempt.</summary>
    /// <returns>What runs it and reads what it returns.</returns>
    public Func<Process, StepCall, Task<Directive?>> Runner(Func<StepContext, object?> step)
    {
        var (bind, read) = (StepMethods.Binder(step), Reader(step));
        return (process, call) => read(bind(process)(call.Context));
    }

    /// <summary>A method that gets something, and what runs it.</summary>
    /// <typeparam name="T">What it gets.</typeparam>
    /// <param name="then">The method.</param>
    /// <param name="argument">What it gets, of a call.</param>
    /// <returns>The method with what runs it and reads what it returns.</returns>
    public Receiver Receive<T>(Func<StepContext, T, object?> then, Func<StepCall, T> argument)
    {
        var (bind, read) = (StepMethods.Binder(then), Reader(then));
        return new Receiver(then, (process, call) => read(bind(process)(call.Context, argument(call))));
    }

    private Func<object?, Task<Directive?>> Reader(Delegate step)
    {
        if (StepReturns.ReaderOf(step.Method.ReturnType) is { } reader)
        {
            return reader;
        }

        if (StepMethods.IsStep(step.Method))
        {
            // Of a lambda it is said already that it cannot be a step.
            draft.Fault(
                $"'{step.Method.Name}' returns {TypeNames.Of(step.Method.ReturnType)}, of which nothing can be made; "
                + $"let it return {StepReturns.Allowed}");
        }

        return static _ => Nothing;
    }

    private void Add(string id, LeafInstruction instruction)
    {
        block.Add(instruction);
        draft.Add(id, instruction);
    }

    private StepNode AddNode(
        string position,
        LeafInstruction instruction,
        Delegate? method,
        StepPolicy policy,
        Func<Process, StepCall, Task<Directive?>> run,
        string? signal = null)
    {
        if (policy.Timeout <= TimeSpan.Zero)
        {
            draft.Fault($"the step '{position}' has the timeout {policy.Timeout}; it must be more than zero");
        }

        var argument = method?.Method.GetParameters().ElementAtOrDefault(1);
        var node = new StepNode
        {
            Position = position,
            Instruction = instruction,
            Retry = policy.Retry,
            Timeout = policy.Timeout,
            IsCpuBound = method is not null && StepMethods.IsCpuBound(method.Method),
            TakesArgument = argument is not null,
            ArgumentType = argument?.ParameterType,
            Signal = signal,
            NeedsArgument = signal is not null && argument is not null && NeededArgument.IsNeeded(argument),
            RunAsync = run,
        };
        draft.Add(node);
        draft.Add(new StepNode
        {
            Position = StepNode.ResultsOf(position),
            Instruction = instruction,
            TakesResults = true,
            RunAsync = static (_, _) => Nothing,
        });
        return node;
    }

    private static OutlineElement Element(OutlineElementKind kind, string id, params IReadOnlyList<string> positions) =>
        new() { Kind = kind, Id = id, Positions = positions };

    /// <summary>A method that gets something, and what runs it.</summary>
    /// <param name="Method">The method.</param>
    /// <param name="RunAsync">What runs it.</param>
    internal readonly record struct Receiver(Delegate Method, Func<Process, StepCall, Task<Directive?>> RunAsync);
}
