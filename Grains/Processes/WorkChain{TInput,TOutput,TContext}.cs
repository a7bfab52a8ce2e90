using System.Linq.Expressions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows;

/// <summary>A process as an outline of steps over a typed, persisted context.</summary>
/// <typeparam name="TInput">The input ports.</typeparam>
/// <typeparam name="TOutput">The output ports.</typeparam>
/// <typeparam name="TContext">
/// What the process remembers between its steps: a class or record with settable properties, written as JSON.
/// </typeparam>
/// <example>
/// <code>
/// protected override void Define(OutlineBuilder outline) =&gt; outline
///     .Step(Price)
///     .While(MoreToPack, body =&gt; body.Step(PackOne))
///     .Step(Charge, retry: RetryPolicy.Exponential(maxAttempts: 5));
/// </code>
/// </example>
public abstract class WorkChain<TInput, TOutput, TContext> : Process, IOutlined
    where TContext : class, new()
{
    private BoundInput<TInput> _bound;

    /// <summary>The input. The same for everybody: what a step changes in it, nobody else sees.</summary>
    protected TInput Input => _bound.Value;

    /// <summary>
    /// The context: a fresh copy of what the last completed step left. Changes are kept when this step completes, and
    /// only then.
    /// </summary>
    protected TContext Context { get; private set; } = default!;

    /// <summary>
    /// Says what the process does. Called once, at start-up, without the constructor having run: name methods, do
    /// nothing else.
    /// </summary>
    /// <param name="outline">The outline.</param>
    protected abstract void Define(OutlineBuilder outline);

    /// <summary>
    /// Makes the output when the outline has come to its end or to a return. A function of input and context. Default:
    /// null, which leaves the outputs that the steps have emitted.
    /// </summary>
    /// <returns>The output. What it leaves null and a step has emitted stays.</returns>
    protected virtual TOutput? CreateOutput() => default;

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

    /// <summary>
    /// Starts a child with the commit of this step; the outline goes on when it has ended, with its result in the
    /// context.
    /// </summary>
    /// <typeparam name="TChild">The child's output.</typeparam>
    /// <param name="key">Where the result goes: <c>c =&gt; c.Parcel</c>, <c>c =&gt; c.Shipping.Parcel</c>.</param>
    /// <param name="child">The child.</param>
    /// <exception cref="ArgumentException">
    /// The key is not a property of the context, or a tag of the child cannot be stored.
    /// </exception>
    protected void ToContext<TChild>(
        Expression<Func<TContext, ChildResult<TChild>?>> key,
        ChildStart<TChild> child) => AddAwaited(PortTree.PathOf(key), append: false, child);

    /// <summary>
    /// Starts a child with the commit of this step; the outline goes on when it has ended, with its result added to a
    /// list of the context.
    /// </summary>
    /// <remarks>Results are added in the order in which the children were given, whichever ended first.</remarks>
    /// <typeparam name="TChild">The child's output.</typeparam>
    /// <param name="list">The list: <c>c =&gt; c.Parcels</c>.</param>
    /// <param name="child">The child.</param>
    /// <exception cref="ArgumentException">
    /// The list is not a property of the context, or a tag of the child cannot be stored.
    /// </exception>
    protected void AppendToContext<TChild>(
        Expression<Func<TContext, IEnumerable<ChildResult<TChild>>?>> list,
        ChildStart<TChild> child) => AddAwaited(PortTree.PathOf(list), append: true, child);

    /// <summary>
    /// Bounds how many of the children run at a time that this step starts by <c>ToContext</c> and
    /// <c>AppendToContext</c>.
    /// </summary>
    /// <remarks>The others begin in the order in which they were given, each when one that runs has ended.</remarks>
    /// <param name="maxConcurrency">How many; 1 or more. Without a call: all.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxConcurrency"/> is below 1.</exception>
    protected void LimitChildren(int maxConcurrency) =>
        InStep.MaxConcurrency = ChildRequests.CheckBound(maxConcurrency);

    /// <summary>Another step of the outline comes next, wherever it stands; the outline goes on behind it.</summary>
    /// <param name="step">A method of the class that is a step of the outline under its own name.</param>
    /// <returns>What the step returns.</returns>
    protected static StepResult Next(Func<StepContext, object?> step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return new(new Directive.Next(step.Method.Name));
    }

    /// <summary>Another element of the outline comes next, wherever it stands; the outline goes on behind it.</summary>
    /// <param name="id">
    /// The id of a step, of a wait (the signal's name unless it has another), or of children (the method that makes
    /// them).
    /// </param>
    /// <returns>What the step returns.</returns>
    protected static StepResult Next(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return new(new Directive.Next(id));
    }

    /// <summary>Ends the process with success and the outputs that its steps have emitted.</summary>
    /// <returns>What the step returns.</returns>
    protected static StepResult Finish() => new(OutputPorts.EndWithEmitted());

    /// <summary>Ends the process with success before the outline's end.</summary>
    /// <param name="output">The output.</param>
    /// <returns>What the step returns.</returns>
    /// <exception cref="PayloadException">The output cannot be written, or is larger than 4 MiB.</exception>
    protected static StepResult Finish(TOutput output) => new(OutputPorts.End(output));

    /// <summary>Ends the process with an exit code of its own.</summary>
    /// <param name="exitCode">100 or more.</param>
    /// <param name="message">Why.</param>
    /// <returns>What the step returns.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The exit code is below 100.</exception>
    protected static StepResult Exit(int exitCode, string message) => new(OutputPorts.Exit(exitCode, message));

    /// <inheritdoc/>
    void IOutlined.Define(OutlineBuilder outline) => Define(outline);

    /// <inheritdoc/>
    Directive IOutlined.End() => CreateOutput() is { } output ? OutputPorts.End(output) : OutputPorts.EndWithEmitted();

    /// <inheritdoc/>
    internal override void Bind(byte[] input, RawJson? context)
    {
        base.Bind(input, context);
        _bound = new BoundInput<TInput>(input, ReadInput<TInput>(input));
        Context = context is null
            ? new TContext()
            : ReadStored<TContext>(context.Utf8, "context", "owf edit ID --patch PATCH");
    }

    /// <inheritdoc/>
    internal override void ForgetInput() => _bound.Forget();

    /// <inheritdoc/>
    internal override RawJson SaveContext() => new(StepValues.Write(Context, "context"));

    private void AddAwaited<TChild>(string key, bool append, ChildStart<TChild> child)
    {
        var work = InStep;
        work.AddAwaited(
            new AwaitedChild(
                ChildRequests.From(child, work.Awaited.Count),
                child.MustSucceed,
                new ContextPlace(key, append)));
    }
}
