using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Values;

namespace Orleans.Workflows;

/// <summary>
/// What every definition is. Derive from <see cref="Process{TInput, TOutput}"/> or
/// <see cref="WorkChain{TInput, TOutput, TContext}"/>.
/// </summary>
/// <remarks>
/// Each attempt of a step runs on a new instance, made with the services of a new scope. What is not in the context or
/// in arguments is gone after the step; so a definition has no mutable fields, which is checked at start-up.
/// </remarks>
public abstract class Process
{
    private byte[] _input = [];

    private protected Process()
    {
    }

    /// <summary>
    /// How steps that say nothing themselves are retried. Read once, at start-up, without the constructor having run.
    /// Default: not at all.
    /// </summary>
    protected virtual RetryPolicy Retry => RetryPolicy.None;

    /// <summary>
    /// How long an attempt of a step that says nothing itself may take. Read once, at start-up. Default: as long as it
    /// wants.
    /// </summary>
    protected virtual TimeSpan? StepTimeout => null;

    /// <summary>
    /// Runs before the commit with which the process leaves a state, once for each state that it leaves.
    /// </summary>
    /// <remarks>
    /// All hooks run on an instance of their own with the input and the context as they will be committed; what they
    /// change in it is dropped. They may run again after a crash. A hook that throws, or takes longer than
    /// <see cref="WorkflowOptions.GracePeriod"/>, makes the process Excepted in place of its transition. A kill by
    /// force runs none.
    /// </remarks>
    /// <param name="transition">The transition.</param>
    /// <returns>Completes when the hook is done.</returns>
    protected virtual Task OnExitAsync(ProcessTransition transition) => Task.CompletedTask;

    /// <summary>Runs before the commit that schedules a step.</summary>
    /// <inheritdoc cref="OnExitAsync"/>
    protected virtual Task OnRunAsync(ProcessTransition transition) => Task.CompletedTask;

    /// <summary>Runs before the commit with which a wait begins.</summary>
    /// <inheritdoc cref="OnExitAsync"/>
    protected virtual Task OnWaitAsync(ProcessTransition transition) => Task.CompletedTask;

    /// <summary>Runs before the commit that finishes the process.</summary>
    /// <inheritdoc cref="OnExitAsync"/>
    protected virtual Task OnFinishAsync(ProcessTransition transition) => Task.CompletedTask;

    /// <summary>
    /// Runs before the commit that ends the process by an error. If it throws, the process is Excepted all the same.
    /// </summary>
    /// <inheritdoc cref="OnExitAsync"/>
    protected virtual Task OnExceptAsync(ProcessTransition transition) => Task.CompletedTask;

    /// <summary>Runs before the commit that kills the process.</summary>
    /// <inheritdoc cref="OnExitAsync"/>
    protected virtual Task OnKillAsync(ProcessTransition transition) => Task.CompletedTask;

    /// <summary>Runs before the commit that pauses the process.</summary>
    /// <inheritdoc cref="OnExitAsync"/>
    protected virtual Task OnPauseAsync(ProcessTransition transition) => Task.CompletedTask;

    /// <summary>Runs before the commit that plays the process.</summary>
    /// <inheritdoc cref="OnExitAsync"/>
    protected virtual Task OnPlayAsync(ProcessTransition transition) => Task.CompletedTask;

    /// <summary>
    /// Runs before the commit of an output that a step has emitted; the transition's text is its path.
    /// </summary>
    /// <inheritdoc cref="OnExitAsync"/>
    protected virtual Task OnOutputAsync(ProcessTransition transition) => Task.CompletedTask;

    /// <summary>
    /// Cleans up after the process has ended and its end is durable. Runs at most once; what it throws is logged and
    /// changes nothing.
    /// </summary>
    /// <param name="outcome">How it ended.</param>
    /// <returns>Completes when it is clean.</returns>
    protected virtual Task OnEndedAsync(ProcessOutcome outcome) => Task.CompletedTask;

    /// <summary>
    /// Adds ports of children to dynamic namespaces of this process. Called once, at start-up, without the constructor
    /// having run.
    /// </summary>
    /// <param name="ports">The ports.</param>
    protected virtual void Expose(ExposeBuilder ports)
    {
    }

    // What the engine calls is protected, so that authors override it as it is written here; these are its doors.
    internal const string ExitHook = nameof(OnExitAsync);
    internal const string CleanUpHook = nameof(OnEndedAsync);

    internal (RetryPolicy Retry, TimeSpan? Timeout) StepDefaults => (Retry, StepTimeout);

    internal static string HookOf(TransitionKind kind) => kind switch
    {
        TransitionKind.Run => nameof(OnRunAsync),
        TransitionKind.Wait => nameof(OnWaitAsync),
        TransitionKind.Finish => nameof(OnFinishAsync),
        TransitionKind.Except => nameof(OnExceptAsync),
        TransitionKind.Kill => nameof(OnKillAsync),
        TransitionKind.Pause => nameof(OnPauseAsync),
        TransitionKind.Play => nameof(OnPlayAsync),
        TransitionKind.Output => nameof(OnOutputAsync),
        _ => throw new InvalidOperationException($"Unknown transition {kind}."),
    };

    internal Task EnterAsync(ProcessTransition transition) => transition.Kind switch
    {
        TransitionKind.Run => OnRunAsync(transition),
        TransitionKind.Wait => OnWaitAsync(transition),
        TransitionKind.Finish => OnFinishAsync(transition),
        TransitionKind.Except => OnExceptAsync(transition),
        TransitionKind.Kill => OnKillAsync(transition),
        TransitionKind.Pause => OnPauseAsync(transition),
        TransitionKind.Play => OnPlayAsync(transition),
        TransitionKind.Output => OnOutputAsync(transition),
        _ => throw new InvalidOperationException($"Unknown transition {transition.Kind}."),
    };

    internal Task ExitAsync(ProcessTransition transition) => OnExitAsync(transition);

    internal Task CleanUpAsync(ProcessOutcome outcome) => OnEndedAsync(outcome);

    internal void ExposePorts(ExposeBuilder ports) => Expose(ports);

    /// <summary>What the attempt that runs on this instance gathers; null in a hook.</summary>
    internal StepWork? Work { get; set; }

    /// <summary>
    /// Emits an output by its path: validated now, durable and visible with the commit of this step, replaced by a
    /// later one.
    /// </summary>
    /// <param name="path">The port's path: <c>"trackingNumber"</c>, <c>"parcels.big"</c>.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="PortValidationException">There is no such port, or the value is not one of it.</exception>
    /// <exception cref="PayloadException">The value cannot be written.</exception>
    protected void Emit(string path, object? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        EmitTo(path, StepValues.Node(value, value?.GetType() ?? typeof(object), $"output '{path}'"));
    }

    /// <summary>Gathers the input of a child out of a namespace with exposed ports.</summary>
    /// <typeparam name="TChildInput">The child's input.</typeparam>
    /// <param name="path">The namespace: <c>"ship"</c>.</param>
    /// <param name="with">
    /// What the namespace does not have: an object whose properties are added, or replace; null for nothing.
    /// </param>
    /// <returns>The child's input.</returns>
    /// <exception cref="PayloadException">Something that the child requires is missing.</exception>
    protected TChildInput ExposedInputs<TChildInput>(string path, object? with = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var place = path.Split('.')
            .Aggregate(JsonNode.Parse(_input), static (node, name) => (node as JsonObject)?[name]);
        var gathered = MergePatch.Apply(
            place?.DeepClone() ?? new JsonObject(),
            with is null ? new JsonObject() : WorkflowJson.Node(with, with.GetType(), $"addition to '{path}'"));
        return WorkflowJson.Read<TChildInput>(
            JsonSerializer.SerializeToUtf8Bytes(gathered, WorkflowJson.Options),
            $"input of a child, gathered from '{path}',"
        )!;
    }

    /// <summary>Emits the outputs of a child in a namespace with exposed ports, those that are exposed.</summary>
    /// <typeparam name="TChild">The child's output.</typeparam>
    /// <param name="path">The namespace: <c>"ship"</c>.</param>
    /// <param name="child">The child. One that failed has what it had emitted.</param>
    /// <exception cref="PortValidationException">A value is not one of its port.</exception>
    /// <exception cref="InvalidOperationException">No outputs of the child are exposed there.</exception>
    protected void EmitExposed<TChild>(string path, ChildResult<TChild> child)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(child);
        if (child.Outcome.Output is { } json)
        {
            InStep.Outputs.EmitExposed(
                path,
                typeof(TChild),
                JsonSerializer.Deserialize<JsonElement>(json, WorkflowJson.Options));
        }
    }

    private protected void EmitTo(string path, JsonNode? value) => InStep.Outputs.Emit(path, value);

    private protected StepWork InStep =>
        Work
        ?? throw new InvalidOperationException(
            "Only a step can emit outputs and start children, not a hook or a predicate.");

    /// <summary>Reads the input or the context as it is stored.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="json">What is stored.</param>
    /// <param name="what">What it is.</param>
    /// <param name="edit">How an operator mends it.</param>
    /// <returns>The value.</returns>
    /// <exception cref="UnreadablePayloadException">It is not of the type.</exception>
    private protected static T ReadStored<T>(byte[] json, string what, string edit)
    {
        try
        {
            return WorkflowJson.Read<T>(json, what)!;
        }
        catch (PayloadException e)
        {
            throw new UnreadablePayloadException(e.Message, e)
            {
                Remedy = $"Deploy a definition that can read it, or mend it ({edit}), then play; or kill.",
            };
        }
    }

    private protected static TInput ReadInput<TInput>(byte[] input) =>
        ReadStored<TInput>(input, "input", "owf edit ID --input PATCH");

    /// <summary>Gives the instance what the step works on.</summary>
    /// <param name="input">The process's input.</param>
    /// <param name="context">The context as it was committed last; null for none.</param>
    /// <exception cref="UnreadablePayloadException">One of them is not of the definition's type.</exception>
    internal virtual void Bind(byte[] input, RawJson? context) => _input = input;

    /// <summary>
    /// Whoever asks for the input next gets it as it is stored, whatever was changed in it: it is read again only then.
    /// </summary>
    internal abstract void ForgetInput();

    /// <summary>
    /// What is wrong with an input that its ports cannot say. Asked of an instance that has never run.
    /// </summary>
    /// <param name="input">The input, whose ports are sound.</param>
    /// <returns>The faults, each with its path.</returns>
    internal virtual IEnumerable<string> FaultsOf(object input) => [];

    /// <summary>Takes the context as the step left it.</summary>
    /// <returns>The context; null for a definition without one.</returns>
    internal virtual RawJson? SaveContext() => null;
}
