using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains;

/// <summary>A process as an outline of steps over a typed, persisted context.</summary>
/// <typeparam name="TInput">The input ports.</typeparam>
/// <typeparam name="TOutput">The output ports.</typeparam>
/// <typeparam name="TContext">What the process remembers between its steps: a class or record with settable properties, written as JSON.</typeparam>
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
    /// <summary>The input. The same for every step.</summary>
    protected TInput Input { get; private set; } = default!;

    /// <summary>The context: a fresh copy of what the last completed step left. Changes are kept when this step completes, and only then.</summary>
    protected TContext Context { get; private set; } = default!;

    /// <summary>Says what the process does. Called once, at start-up, without the constructor having run: name methods, do nothing else.</summary>
    /// <param name="outline">The outline.</param>
    protected abstract void Define(OutlineBuilder outline);

    /// <summary>Makes the output when the outline has come to its end or to a return. A function of input and context.</summary>
    /// <returns>The output.</returns>
    protected abstract TOutput CreateOutput();

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
    Directive IOutlined.End() => OutputPorts.End(CreateOutput());

    /// <inheritdoc/>
    internal override void Bind(byte[] input, RawJson? context)
    {
        Input = WorkflowJson.Read<TInput>(input, "input")!;
        Context = context is null ? new TContext() : WorkflowJson.Read<TContext>(context.Utf8, "context")!;
    }

    /// <inheritdoc/>
    internal override RawJson SaveContext() => new(WorkflowJson.Write(Context, "context"));
}
