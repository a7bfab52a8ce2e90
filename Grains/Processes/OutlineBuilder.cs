using System.Globalization;
using Orleans.Workflows.Grains.Definitions;

namespace Orleans.Workflows;

/// <summary>Builds the outline of a work chain.</summary>
/// <remarks>
/// An id is the name of the method, unless it is given, and unique in the definition; it is stored with the processes
/// that stand there. Predicates are synchronous functions of input and context, asked before the commit of the step
/// before them; a condition that needs I/O is a step.
/// <para>
/// A step, and every other method that an outline names to run, returns a <see cref="Task"/> when the outline says what
/// comes next; or it says so itself: <c>Task&lt;StepResult?&gt;</c> and <c>Task&lt;ExitCode&gt;</c>, or
/// <c>StepResult?</c> and <c>ExitCode</c> without awaiting anything. Null leaves it to the outline. A method that
/// returns something else is a fault at start-up.
/// </para>
/// </remarks>
public class OutlineBuilder
{
    private readonly OutlineDraft _draft;
    private readonly Block _block;
    private readonly string _path;
    private readonly BlockDraft _elements;

    internal OutlineBuilder(OutlineDraft draft, Block block, string path)
    {
        _draft = draft;
        _block = block;
        _path = path;
        _elements = new BlockDraft(draft, block, path);
    }

    /// <summary>Runs a step.</summary>
    /// <param name="step">A method of the class. It may say what comes next.</param>
    /// <param name="id">The step's id; null for the method's name.</param>
    /// <param name="retry">How failures are retried; null for the type's.</param>
    /// <param name="timeout">
    /// How long an attempt may take, from its start on, at most 49 days; null for the type's.
    /// </param>
    /// <returns>This, for the next element.</returns>
    public OutlineBuilder Step(
        Func<StepContext, object?> step,
        string? id = null,
        RetryPolicy? retry = null,
        TimeSpan? timeout = null)
    {
        if (!_draft.IsNamed(step, "a step"))
        {
            return this;
        }

        _elements.Step(step, id, new StepPolicy(retry, timeout));
        return this;
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
        if (!_draft.IsNamed(predicate, "the predicate of a loop"))
        {
            return this;
        }

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
        _block.Add(new LeafInstruction(Returned("0"), static process => ((IOutlined)process).End()));
        return this;
    }

    /// <summary>Ends the process with an exit code that the definition declares.</summary>
    /// <param name="exitCode">
    /// The exit code. Its message has no arguments; one that has is made by a method: see the other overload.
    /// </param>
    /// <returns>This.</returns>
    public OutlineBuilder Return(ExitCode exitCode)
    {
        if (exitCode is null)
        {
            _draft.Fault("a return of the outline has null for its exit code; give one that the definition declares");
            return this;
        }

        if (exitCode.Arguments.Count > 0)
        {
            _draft.Fault(
                $"the return with {exitCode.Label} has a message with arguments; give a method that fills them in by "
                + "With(…)");
            return this;
        }

        _draft.Declare(exitCode);
        var end = OutputPorts.Exit(exitCode);
        _block.Add(new LeafInstruction(Returned(exitCode.Label), _ => end));
        return this;
    }

    /// <summary>Ends the process with an exit code whose message is made of input and context.</summary>
    /// <param name="exitCode">A method of the class: one of the declared exit codes, filled in.</param>
    /// <returns>This.</returns>
    public OutlineBuilder Return(Func<ExitCode> exitCode)
    {
        if (!_draft.IsNamed(exitCode, "what a return asks for its exit code"))
        {
            return this;
        }

        var id = _draft.Claim(exitCode, given: null);
        var bind = StepMethods.Binder(exitCode);
        _block.Add(new LeafInstruction(Returned(id), process => OutputPorts.Exit(bind(process)())));
        return this;
    }

    /// <summary>Ends the process with an exit code of its own.</summary>
    /// <param name="exitCode">100 or more.</param>
    /// <param name="message">Why.</param>
    /// <returns>This.</returns>
    public OutlineBuilder Return(int exitCode, string message)
    {
        if (exitCode < EngineExitCodes.FirstOfDefinitions || message is null)
        {
            _draft.Fault(
                $"a return of the outline has the exit code {exitCode} and {(message is null ? "no" : "a")} message; "
                + $"{EngineExitCodes.FirstOfDefinitions} or more and a message are needed");
            return this;
        }

        var end = OutputPorts.Exit(exitCode, message);
        _block.Add(new LeafInstruction(Returned(exitCode.ToString(CultureInfo.InvariantCulture)), _ => end));
        return this;
    }

    /// <summary>Waits for a named signal and hands its payload to a step.</summary>
    /// <typeparam name="TSignal">The signal's payload.</typeparam>
    /// <param name="signal">The signal's name.</param>
    /// <param name="then">The step that gets the payload. It may say what comes next.</param>
    /// <param name="timeout">How long, from the commit before on; null for ever.</param>
    /// <param name="onTimeout">
    /// The step that runs when it has not come; required with a timeout. It may say what comes next.
    /// </param>
    /// <param name="id">
    /// The wait's id; null for the signal's name. Needed by the second wait for the same signal.
    /// </param>
    /// <param name="retry">How failures of the two steps are retried; null for the type's.</param>
    /// <param name="stepTimeout">
    /// How long an attempt of the two steps may take, from its start on; null for the type's.
    /// </param>
    /// <returns>This, for the next element.</returns>
    public OutlineBuilder WaitFor<TSignal>(
        string signal,
        Func<StepContext, TSignal, object?> then,
        TimeSpan? timeout = null,
        Func<StepContext, object?>? onTimeout = null,
        string? id = null,
        RetryPolicy? retry = null,
        TimeSpan? stepTimeout = null)
    {
        if (!_draft.CheckSignal(signal, then))
        {
            return this;
        }

        _draft.CheckTime(signal, timeout);
        var receiver = _elements.Receive(then, static call => call.Argument<TSignal>());
        _elements.Wait(signal, receiver, (timeout, onTimeout), id, new StepPolicy(retry, stepTimeout));
        return this;
    }

    /// <summary>Waits for a named signal, whatever its payload, and runs a step.</summary>
    /// <param name="signal">The signal's name.</param>
    /// <param name="then">The step that runs when it has come. It may say what comes next.</param>
    /// <param name="timeout">How long, from the commit before on; null for ever.</param>
    /// <param name="onTimeout">
    /// The step that runs when it has not come; required with a timeout. It may say what comes next.
    /// </param>
    /// <param name="id">
    /// The wait's id; null for the signal's name. Needed by the second wait for the same signal.
    /// </param>
    /// <param name="retry">How failures of the two steps are retried; null for the type's.</param>
    /// <param name="stepTimeout">
    /// How long an attempt of the two steps may take, from its start on; null for the type's.
    /// </param>
    /// <returns>This, for the next element.</returns>
    public OutlineBuilder WaitFor(
        string signal,
        Func<StepContext, object?> then,
        TimeSpan? timeout = null,
        Func<StepContext, object?>? onTimeout = null,
        string? id = null,
        RetryPolicy? retry = null,
        TimeSpan? stepTimeout = null)
    {
        if (!_draft.CheckSignal(signal, then))
        {
            return this;
        }

        _draft.CheckTime(signal, timeout);
        var receiver = new BlockDraft.Receiver(then, _elements.Runner(then));
        _elements.Wait(signal, receiver, (timeout, onTimeout), id, new StepPolicy(retry, stepTimeout));
        return this;
    }

    /// <summary>Waits for a time.</summary>
    /// <param name="delay">How long, from the commit before on; zero or more.</param>
    /// <param name="id">The wait's id.</param>
    /// <returns>This, for the next element.</returns>
    public OutlineBuilder Delay(TimeSpan delay, string id = "Delay")
    {
        _draft.CheckTime(id, delay);
        _elements.Delay(_draft.Claim(method: null, id), _ => delay);
        return this;
    }

    /// <summary>Waits for a time that input and context say.</summary>
    /// <param name="delay">A method of the class: how long, from the commit before on.</param>
    /// <param name="id">The wait's id; null for the method's name.</param>
    /// <returns>This, for the next element.</returns>
    public OutlineBuilder Delay(Func<TimeSpan> delay, string? id = null)
    {
        if (!_draft.IsNamed(delay, "what a delay asks for its time"))
        {
            return this;
        }

        var bind = StepMethods.Binder(delay);
        _elements.Delay(_draft.Claim(delay, id), process => bind(process)());
        return this;
    }

    /// <summary>Starts one child and waits until it has ended.</summary>
    /// <typeparam name="TChild">The child's output.</typeparam>
    /// <param name="start">A method of the class that makes the child of input and context. Runs as a step.</param>
    /// <param name="then">The step that gets the result. It may say what comes next.</param>
    /// <param name="id">The id of the step that starts it; null for its method's name.</param>
    /// <param name="retry">How failures of the two steps are retried; null for the type's.</param>
    /// <param name="stepTimeout">
    /// How long an attempt of the two steps may take, from its start on; null for the type's.
    /// </param>
    /// <returns>This, for the next element.</returns>
    public OutlineBuilder Child<TChild>(
        Func<ChildStart<TChild>> start,
        Func<StepContext, ChildResult<TChild>, object?> then,
        string? id = null,
        RetryPolicy? retry = null,
        TimeSpan? stepTimeout = null)
    {
        if (!_draft.IsNamed(start, "what makes children") | !_draft.IsNamed(then, "what gets the results of children"))
        {
            return this;
        }

        var bind = StepMethods.Binder(start);
        var receiver = _elements.Receive(then, static call => ChildRequests.Results<TChild>(call.Results)[0]);
        _elements.Children(
            start,
            (process, received) => ChildRequests.ToAwait([bind(process)()], received),
            receiver,
            id,
            new StepPolicy(retry, stepTimeout));
        return this;
    }

    /// <summary>Starts children in parallel and waits until all of them have ended.</summary>
    /// <typeparam name="TChild">The children's output.</typeparam>
    /// <param name="start">
    /// A method of the class that makes the children of input and context; none is allowed. Runs as a step.
    /// </param>
    /// <param name="then">
    /// The step that gets the results, in the order in which the children were given. It may say what comes next.
    /// </param>
    /// <param name="maxConcurrency">
    /// How many of them run at a time, in that order; 1 or more. Null, the default: all.
    /// </param>
    /// <param name="id">The id of the step that starts them; null for its method's name.</param>
    /// <param name="retry">How failures of the two steps are retried; null for the type's.</param>
    /// <param name="stepTimeout">
    /// How long an attempt of the two steps may take, from its start on; null for the type's.
    /// </param>
    /// <returns>This, for the next element.</returns>
    public OutlineBuilder Children<TChild>(
        Func<IEnumerable<ChildStart<TChild>>> start,
        Func<StepContext, IReadOnlyList<ChildResult<TChild>>, object?> then,
        int? maxConcurrency = null,
        string? id = null,
        RetryPolicy? retry = null,
        TimeSpan? stepTimeout = null)
    {
        if (!_draft.IsNamed(start, "what makes children") | !_draft.IsNamed(then, "what gets the results of children"))
        {
            return this;
        }

        if (maxConcurrency < 1)
        {
            _draft.Fault(
                $"the children of '{start.Method.Name}' have the maxConcurrency {maxConcurrency}; it must be 1 or more"
            );
        }

        var bind = StepMethods.Binder(start);
        var receiver = _elements.Receive(then, static call => ChildRequests.Results<TChild>(call.Results));
        _elements.Children(
            start,
            (process, received) =>
                ChildRequests.ToAwait(bind(process)(), received) with
                {
                    MaxConcurrency = maxConcurrency,
                },
            receiver,
            id,
            new StepPolicy(retry, stepTimeout));
        return this;
    }

    private protected static Func<Process, bool> Ask(Func<bool> predicate)
    {
        var bind = StepMethods.Binder(predicate);
        return process => bind(process)();
    }

    private protected void Fill(Block block, string id, Action<OutlineBuilder> fill)
    {
        if (fill is null)
        {
            _draft.Fault($"the block '{_path}{id}' is null; give a function that fills it");
            return;
        }

        var isWhole = _draft.TryFill($"{_path}{id}", () => fill(new OutlineBuilder(_draft, block, $"{_path}{id}/")));
        if (isWhole && block.IsEmpty)
        {
            _draft.Fault($"the block '{_path}{id}' is empty");
        }
    }

    private static OutlineElement Returned(string id) =>
        new()
        {
            Kind = OutlineElementKind.Return,
            Id = id,
            Positions = [],
        };
}
