using System.Globalization;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains;

/// <summary>Builds the outline of a work chain.</summary>
/// <remarks>
/// An id is the name of the method, unless it is given, and unique in the definition; it is stored with the processes that stand there.
/// Predicates are synchronous functions of input and context, asked before the commit of the step before them; a condition that needs
/// I/O is a step.
/// </remarks>
public class OutlineBuilder
{
    private static readonly Task<Directive?> Nothing = Task.FromResult<Directive?>(null);

    private readonly OutlineDraft _draft;
    private readonly Block _block;
    private readonly string _path;

    internal OutlineBuilder(OutlineDraft draft, Block block, string path)
    {
        _draft = draft;
        _block = block;
        _path = path;
    }

    /// <summary>Runs a step.</summary>
    /// <param name="step">A method of the class.</param>
    /// <param name="id">The step's id; null for the method's name.</param>
    /// <param name="retry">How failures are retried; null for the type's.</param>
    /// <param name="timeout">
    /// How long an attempt may take, from its start on, at most 49 days; null for the type's.
    /// </param>
    /// <returns>This, for the next element.</returns>
    public OutlineBuilder Step(Func<StepContext, Task> step, string? id = null, RetryPolicy? retry = null, TimeSpan? timeout = null)
    {
        var bind = StepMethods.Binder(step);
        return AddStep(step, id, retry, timeout, async (process, call) =>
        {
            await bind(process)(call.Context);
            return null;
        });
    }

    /// <summary>Runs a step that may say what comes next: null for the outline's next element, or an end.</summary>
    /// <param name="step">A method of the class.</param>
    /// <param name="id">The step's id; null for the method's name.</param>
    /// <param name="retry">How failures are retried; null for the type's.</param>
    /// <param name="timeout">
    /// How long an attempt may take, from its start on, at most 49 days; null for the type's.
    /// </param>
    /// <returns>This, for the next element.</returns>
    public OutlineBuilder Step(Func<StepContext, Task<StepResult?>> step, string? id = null, RetryPolicy? retry = null, TimeSpan? timeout = null)
    {
        var bind = StepMethods.Binder(step);
        return AddStep(step, id, retry, timeout, async (process, call) => (await bind(process)(call.Context))?.Directive);
    }

    /// <summary>Runs a block if a predicate holds.</summary>
    /// <param name="predicate">A method of the class.</param>
    /// <param name="then">The block.</param>
    /// <param name="id">The branch's id, part of the positions in it; null for the method's name.</param>
    /// <returns>This, for an else or the next element.</returns>
    public IfOutlineBuilder If(Func<bool> predicate, Action<OutlineBuilder> then, string? id = null)
    {
        var instruction = new IfInstruction();
        _block.Add(instruction);
        var builder = new IfOutlineBuilder(_draft, _block, _path, instruction);
        builder.Branch(predicate, then, id);
        return builder;
    }

    /// <summary>Repeats a block while a predicate holds.</summary>
    /// <param name="predicate">A method of the class.</param>
    /// <param name="body">The block, with at least one step that always runs.</param>
    /// <param name="id">The loop's id, part of the positions in it; null for the method's name.</param>
    /// <returns>This, for the next element.</returns>
    public OutlineBuilder While(Func<bool> predicate, Action<OutlineBuilder> body, string? id = null)
    {
        var loop = _draft.Claim(predicate, id);
        var instruction = new WhileInstruction(loop, Ask(predicate));
        _block.Add(instruction);
        Fill(instruction.MakeBody(), loop, body);
        return this;
    }

    /// <summary>Ends the process with success and the output that <c>CreateOutput</c> makes.</summary>
    /// <returns>This.</returns>
    public OutlineBuilder Return()
    {
        _block.Add(new LeafInstruction(Element(OutlineElementKind.Return, "0"), static process => ((IOutlined)process).End()));
        return this;
    }

    /// <summary>Ends the process with an exit code that the definition declares.</summary>
    /// <param name="exitCode">The exit code. Its message has no arguments; one that has is made by a method: see the other overload.</param>
    /// <returns>This.</returns>
    public OutlineBuilder Return(ExitCode exitCode)
    {
        ArgumentNullException.ThrowIfNull(exitCode);
        if (exitCode.Arguments.Count > 0)
        {
            _draft.Fault($"the return with {exitCode.Label} has a message with arguments; give a method that fills them in by With(…)");
            return this;
        }

        _draft.Declare(exitCode);
        var end = OutputPorts.Exit(exitCode);
        _block.Add(new LeafInstruction(Element(OutlineElementKind.Return, exitCode.Label), _ => end));
        return this;
    }

    /// <summary>Ends the process with an exit code whose message is made of input and context.</summary>
    /// <param name="exitCode">A method of the class: one of the declared exit codes, filled in.</param>
    /// <returns>This.</returns>
    public OutlineBuilder Return(Func<ExitCode> exitCode)
    {
        var id = _draft.Claim(exitCode, given: null);
        var bind = StepMethods.Binder(exitCode);
        _block.Add(new LeafInstruction(Element(OutlineElementKind.Return, id), process => OutputPorts.Exit(bind(process)())));
        return this;
    }

    /// <summary>Ends the process with an exit code of its own.</summary>
    /// <param name="exitCode">100 or more.</param>
    /// <param name="message">Why.</param>
    /// <returns>This.</returns>
    public OutlineBuilder Return(int exitCode, string message)
    {
        var end = OutputPorts.Exit(exitCode, message);
        _block.Add(new LeafInstruction(Element(OutlineElementKind.Return, exitCode.ToString(CultureInfo.InvariantCulture)), _ => end));
        return this;
    }

    /// <summary>Waits for a named signal and hands its payload to a step.</summary>
    /// <typeparam name="TSignal">The signal's payload.</typeparam>
    /// <param name="signal">The signal's name.</param>
    /// <param name="then">The step that gets the payload.</param>
    /// <param name="timeout">How long, from the commit before on; null for ever.</param>
    /// <param name="onTimeout">The step that runs when it has not come; required with a timeout.</param>
    /// <param name="id">The wait's id; null for the signal's name. Needed by the second wait for the same signal.</param>
    /// <returns>This, for the next element.</returns>
    public OutlineBuilder WaitFor<TSignal>(
        string signal,
        Func<StepContext, TSignal, Task> then,
        TimeSpan? timeout = null,
        Func<StepContext, Task>? onTimeout = null,
        string? id = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(signal);
        _draft.CheckSignal(signal);
        _draft.CheckTime(signal, timeout);
        var wait = _draft.Claim(then, given: null, self: id ?? signal);
        if (timeout is null != onTimeout is null)
        {
            _draft.Fault($"the wait for '{signal}' needs both a timeout and a step that runs then, or neither");
        }

        var path = $"{_path}{wait}/";
        var late = onTimeout is null ? null : path + _draft.Claim(onTimeout, given: null);
        var received = path + _draft.Claim(then, given: null);
        var instruction = new LeafInstruction(
            Element(OutlineElementKind.Signal, wait, late is null ? [received] : [received, late]),
            _ => new Directive.AwaitSignal(signal, received, timeout, late));
        _block.Add(instruction);
        var bind = StepMethods.Binder(then);
        AddNode(received, instruction, then, null, null, async (process, call) =>
        {
            await bind(process)(call.Context, call.Argument<TSignal>());
            return null;
        }).Signal = signal;
        if (onTimeout is not null)
        {
            var bindLate = StepMethods.Binder(onTimeout);
            AddNode(late!, instruction, onTimeout, null, null, async (process, call) =>
            {
                await bindLate(process)(call.Context);
                return null;
            });
        }

        return this;
    }

    /// <summary>Waits for a time.</summary>
    /// <param name="delay">How long, from the commit before on; zero or more.</param>
    /// <param name="id">The wait's id.</param>
    /// <returns>This, for the next element.</returns>
    public OutlineBuilder Delay(TimeSpan delay, string id = "Delay")
    {
        _draft.CheckTime(id, delay);
        return AddDelay(_draft.Claim(method: null, id), _ => delay);
    }

    /// <summary>Waits for a time that input and context say.</summary>
    /// <param name="delay">A method of the class: how long, from the commit before on.</param>
    /// <param name="id">The wait's id; null for the method's name.</param>
    /// <returns>This, for the next element.</returns>
    public OutlineBuilder Delay(Func<TimeSpan> delay, string? id = null)
    {
        var bind = StepMethods.Binder(delay);
        return AddDelay(_draft.Claim(delay, id), process => bind(process)());
    }

    /// <summary>Starts one child and waits until it has ended.</summary>
    /// <typeparam name="TChild">The child's output.</typeparam>
    /// <param name="start">A method of the class that makes the child of input and context. Runs as a step.</param>
    /// <param name="then">The step that gets the result.</param>
    /// <returns>This, for the next element.</returns>
    public OutlineBuilder Child<TChild>(Func<ChildStart<TChild>> start, Func<StepContext, ChildResult<TChild>, Task> then)
    {
        var bindStart = StepMethods.Binder(start);
        var bindThen = StepMethods.Binder(then);
        return AddChildren(start, then, (process, received) => ChildRequests.Await([bindStart(process)()], received), async (process, call) =>
        {
            await bindThen(process)(call.Context, ChildRequests.Results<TChild>(call.Results)[0]);
            return null;
        });
    }

    /// <summary>Starts children in parallel and waits until all of them have ended.</summary>
    /// <typeparam name="TChild">The children's output.</typeparam>
    /// <param name="start">A method of the class that makes the children of input and context; none is allowed. Runs as a step.</param>
    /// <param name="then">The step that gets the results, in the order in which the children were given.</param>
    /// <param name="maxConcurrency">How many of them run at a time, in that order; 1 or more. Null, the default: all.</param>
    /// <returns>This, for the next element.</returns>
    public OutlineBuilder Children<TChild>(
        Func<IEnumerable<ChildStart<TChild>>> start,
        Func<StepContext, IReadOnlyList<ChildResult<TChild>>, Task> then,
        int? maxConcurrency = null)
    {
        var bindStart = StepMethods.Binder(start);
        var bindThen = StepMethods.Binder(then);
        if (maxConcurrency < 1)
        {
            _draft.Fault($"the children of '{start.Method.Name}' have the maxConcurrency {maxConcurrency}; it must be 1 or more");
        }

        return AddChildren(start, then, (process, received) => ChildRequests.Await(bindStart(process)(), received) with { MaxConcurrency = maxConcurrency }, async (process, call) =>
        {
            await bindThen(process)(call.Context, ChildRequests.Results<TChild>(call.Results));
            return null;
        });
    }

    private protected static Func<Process, bool> Ask(Func<bool> predicate)
    {
        var bind = StepMethods.Binder(predicate);
        return process => bind(process)();
    }

    private protected void Fill(Block block, string id, Action<OutlineBuilder> fill)
    {
        ArgumentNullException.ThrowIfNull(fill);
        fill(new OutlineBuilder(_draft, block, $"{_path}{id}/"));
        if (block.IsEmpty)
        {
            _draft.Fault($"the block '{_path}{id}' is empty");
        }
    }

    private OutlineBuilder AddStep(Delegate step, string? id, RetryPolicy? retry, TimeSpan? timeout, Func<Process, StepCall, Task<Directive?>> run)
    {
        var position = _path + _draft.Claim(step, id);
        if (timeout <= TimeSpan.Zero)
        {
            _draft.Fault($"the step '{position}' has the timeout {timeout}; it must be more than zero");
        }

        var instruction = new LeafInstruction(Element(OutlineElementKind.Step, position[_path.Length..], position), _ => new Directive.Next(position));
        _block.Add(instruction);
        instruction.Step = AddNode(position, instruction, step, retry, timeout, run);
        return this;
    }

    private OutlineBuilder AddDelay(string id, Func<Process, TimeSpan> delay)
    {
        var position = _path + id;
        var instruction = new LeafInstruction(Element(OutlineElementKind.Delay, id, position), process => new Directive.AwaitTime(delay(process), position));
        _block.Add(instruction);
        AddNode(position, instruction, method: null, null, null, static (_, _) => Nothing);
        return this;
    }

    private OutlineBuilder AddChildren(
        Delegate start,
        Delegate then,
        Func<Process, string, Directive> children,
        Func<Process, StepCall, Task<Directive?>> receive)
    {
        var starting = _path + _draft.Claim(start, given: null);
        var received = $"{starting}/{_draft.Claim(then, given: null)}";
        var instruction = new LeafInstruction(
            Element(OutlineElementKind.Children, starting[_path.Length..], starting, received), _ => new Directive.Next(starting));
        _block.Add(instruction);
        instruction.Step = AddNode(starting, instruction, start, null, null, (process, _) => Task.FromResult<Directive?>(children(process, received)));
        AddNode(received, instruction, then, null, null, receive);
        return this;
    }

    private StepNode AddNode(
        string position,
        Instruction instruction,
        Delegate? method,
        RetryPolicy? retry,
        TimeSpan? timeout,
        Func<Process, StepCall, Task<Directive?>> run)
    {
        var node = new StepNode
        {
            Position = position,
            Instruction = instruction,
            Retry = retry,
            Timeout = timeout,
            IsCpuBound = method is not null && StepMethods.IsCpuBound(method.Method),
            TakesArgument = method?.Method.GetParameters().Length > 1,
            ArgumentType = method?.Method.GetParameters().ElementAtOrDefault(1)?.ParameterType,
            RunAsync = run,
        };
        _draft.Add(node);
        _draft.Add(new StepNode
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
}
