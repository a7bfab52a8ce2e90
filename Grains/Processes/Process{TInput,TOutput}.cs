using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows;

/// <summary>A process as a step machine: each step says what comes next.</summary>
/// <typeparam name="TInput">The input ports.</typeparam>
/// <typeparam name="TOutput">The output ports.</typeparam>
/// <remarks>
/// A step is a method that returns <c>Task&lt;StepResult&gt;</c> and takes a <see cref="StepContext"/> and at most one
/// argument. Its id is its name, which is stored: a renamed step makes incidents of the processes that stand at it.
/// </remarks>
public abstract class Process<TInput, TOutput> : Process
{
    private BoundInput<TInput> _bound;

    /// <summary>The input. The same for everybody: what a step changes in it, nobody else sees.</summary>
    protected TInput Input => _bound.Value;

    /// <summary>The first step.</summary>
    /// <param name="step">The attempt.</param>
    /// <returns>What comes next.</returns>
    protected abstract Task<StepResult> RunAsync(StepContext step);

    /// <summary>
    /// Gives steps a retry policy or timeout of their own. Called once, at start-up, without the constructor having
    /// run.
    /// </summary>
    /// <param name="steps">The steps.</param>
    protected virtual void Configure(StepOptionsBuilder steps)
    {
    }

    /// <summary>Another step comes next.</summary>
    /// <param name="step">A method of this class.</param>
    /// <returns>What to return.</returns>
    protected static StepResult Next(Func<StepContext, Task<StepResult>> step) => new(new Directive.Next(IdOf(step)));

    /// <summary>Another step comes next, with an argument.</summary>
    /// <typeparam name="TArgs">The argument's type, written as JSON.</typeparam>
    /// <param name="step">A method of this class.</param>
    /// <param name="args">The argument.</param>
    /// <returns>What to return.</returns>
    /// <exception cref="PayloadException">The argument cannot be written, or is larger than 4 MiB.</exception>
    protected static StepResult Next<TArgs>(Func<StepContext, TArgs, Task<StepResult>> step, TArgs args) =>
        new(new Directive.Next(IdOf(step), Json(args, "argument")));

    /// <summary>Waits for a named signal.</summary>
    /// <typeparam name="TSignal">The signal's payload.</typeparam>
    /// <param name="signal">The signal's name.</param>
    /// <param name="then">The step that gets the payload.</param>
    /// <returns>What to return.</returns>
    protected static StepResult WaitFor<TSignal>(string signal, Func<StepContext, TSignal, Task<StepResult>> then) =>
        new(new Directive.AwaitSignal(signal, IdOf(then)));

    /// <summary>Waits for a named signal for a limited time.</summary>
    /// <typeparam name="TSignal">The signal's payload.</typeparam>
    /// <param name="signal">The signal's name.</param>
    /// <param name="then">The step that gets the payload.</param>
    /// <param name="timeout">How long, from the commit of this step on.</param>
    /// <param name="onTimeout">The step that runs when the signal has not come.</param>
    /// <returns>What to return.</returns>
    protected static StepResult WaitFor<TSignal>(
        string signal,
        Func<StepContext, TSignal, Task<StepResult>> then,
        TimeSpan timeout,
        Func<StepContext, Task<StepResult>> onTimeout) =>
        new(new Directive.AwaitSignal(signal, IdOf(then), timeout, IdOf(onTimeout)));

    /// <summary>Waits for a named signal whose payload, if it has one, nobody reads.</summary>
    /// <param name="signal">The signal's name.</param>
    /// <param name="then">The step that runs when it has come.</param>
    /// <returns>What to return.</returns>
    protected static StepResult WaitFor(string signal, Func<StepContext, Task<StepResult>> then) =>
        new(new Directive.AwaitSignal(signal, IdOf(then)));

    /// <summary>Waits for a named signal whose payload nobody reads, for a limited time.</summary>
    /// <param name="signal">The signal's name.</param>
    /// <param name="then">The step that runs when it has come.</param>
    /// <param name="timeout">How long, from the commit of this step on.</param>
    /// <param name="onTimeout">The step that runs when the signal has not come.</param>
    /// <returns>What to return.</returns>
    protected static StepResult WaitFor(
        string signal,
        Func<StepContext, Task<StepResult>> then,
        TimeSpan timeout,
        Func<StepContext, Task<StepResult>> onTimeout) =>
        new(new Directive.AwaitSignal(signal, IdOf(then), timeout, IdOf(onTimeout)));

    /// <summary>Waits for a time.</summary>
    /// <param name="delay">How long, from the commit of this step on.</param>
    /// <param name="then">The step that runs then.</param>
    /// <returns>What to return.</returns>
    protected static StepResult Delay(TimeSpan delay, Func<StepContext, Task<StepResult>> then) =>
        new(new Directive.AwaitTime(delay, IdOf(then)));

    /// <summary>Starts children and waits until all of them have ended.</summary>
    /// <typeparam name="TChild">The children's output.</typeparam>
    /// <param name="children">The children; none is allowed.</param>
    /// <param name="then">The step that gets their results, in the order in which the children are given.</param>
    /// <param name="maxConcurrency">
    /// How many of them run at a time, in that order; 1 or more. Null, the default: all.
    /// </param>
    /// <returns>What to return.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxConcurrency"/> is below 1.</exception>
    protected static StepResult StartChildren<TChild>(
        IEnumerable<ChildStart<TChild>> children,
        Func<StepContext, IReadOnlyList<ChildResult<TChild>>, Task<StepResult>> then,
        int? maxConcurrency = null) =>
        new(
            ChildRequests.ToAwait(children, IdOf(then)) with
            {
                MaxConcurrency = ChildRequests.CheckBound(maxConcurrency),
            });

    /// <summary>
    /// Emits an output: validated now, durable and visible with the commit of this step, replaced by a later one.
    /// </summary>
    /// <typeparam name="TValue">The port's type.</typeparam>
    /// <param name="port">The port: <c>o =&gt; o.TrackingNumber</c>, <c>o =&gt; o.Parcel.Weight</c>.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="PortValidationException">The value is not one of the port.</exception>
    /// <exception cref="PayloadException">The value cannot be written.</exception>
    protected void Emit<TValue>(Expression<Func<TOutput, TValue>> port, TValue value)
    {
        var path = PortTree.PathOf(port);
        EmitTo(path, StepValues.Node(value, typeof(TValue), $"output '{path}'"));
    }

    /// <summary>Ends the process with success and the outputs that its steps have emitted.</summary>
    /// <returns>What to return.</returns>
    protected static StepResult Finish() => new(OutputPorts.EndWithEmitted());

    /// <summary>Ends the process with success.</summary>
    /// <param name="output">The output. What it leaves null and a step has emitted stays.</param>
    /// <returns>What to return.</returns>
    /// <exception cref="PayloadException">The output cannot be written, or is larger than 4 MiB.</exception>
    protected static StepResult Finish(TOutput output) => new(OutputPorts.End(output));

    /// <summary>Ends the process with an exit code of its own.</summary>
    /// <param name="exitCode">100 or more.</param>
    /// <param name="message">Why.</param>
    /// <returns>What to return.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The exit code is below 100.</exception>
    protected static StepResult Exit(int exitCode, string message) => new(OutputPorts.Exit(exitCode, message));

    /// <inheritdoc/>
    internal override void Bind(byte[] input, RawJson? context)
    {
        base.Bind(input, context);
        _bound = new BoundInput<TInput>(input, ReadInput<TInput>(input));
    }

    /// <inheritdoc/>
    internal override void ForgetInput() => _bound.Forget();

    private static RawJson Json<T>(T value, string what) => new(StepValues.Write(value, what));

    private static string IdOf(Delegate step, [CallerArgumentExpression(nameof(step))] string? parameter = null)
    {
        ArgumentNullException.ThrowIfNull(step, parameter);
        return StepMethods.IsStep(step.Method)
            ? step.Method.Name
            : throw new InvalidOperationException(
                $"'{step.Method.Name}' is no step: give a method of the process's class, not a lambda.");
    }
}
