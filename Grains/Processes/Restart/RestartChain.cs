using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows;

/// <summary>
/// Runs a child, has handlers look at how it ended, adjusts its input and runs it again, up to a bound.
/// </summary>
/// <remarks>
/// A child that is Excepted or was killed ends the chain with <see cref="EngineExitCodes.ChildExcepted"/> or
/// <see cref="EngineExitCodes.ChildKilled"/>. Otherwise the handlers are called
/// (<see cref="RestartHandlerAttribute"/>). Without any report a child with exit code 0 is the end, and another exit
/// code is unhandled: <see cref="RestartInput.OnUnhandledFailure"/>.
/// </remarks>
/// <typeparam name="TInput">The input ports, with those of <see cref="RestartInput"/>.</typeparam>
/// <typeparam name="TOutput">The output ports.</typeparam>
/// <typeparam name="TContext">What it remembers.</typeparam>
/// <typeparam name="TChildInput">The child's input.</typeparam>
/// <typeparam name="TChildOutput">The child's output.</typeparam>
public abstract class RestartChain<TInput, TOutput, TContext, TChildInput, TChildOutput>
    : WorkChain<TInput, TOutput, TContext>
    where TInput : RestartInput
    where TContext : RestartContext<TChildInput, TChildOutput>, new()
{
    /// <summary>The type of the child.</summary>
    protected abstract ProcessType<TChildInput, TChildOutput> Child { get; }

    /// <summary>Makes the input of the first run. A function of the input.</summary>
    /// <returns>The input.</returns>
    protected abstract TChildInput PrepareInputs();

    /// <summary>Makes the output of the last run, when it is good. A function of input and context.</summary>
    /// <param name="last">The last run.</param>
    /// <returns>The output; null for the outputs that were emitted.</returns>
    protected abstract TOutput? CreateOutput(ChildResult<TChildOutput> last);

    /// <inheritdoc/>
    protected sealed override TOutput? CreateOutput() => CreateOutput(Context.Children[^1]);

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline)
    {
        ArgumentNullException.ThrowIfNull(outline);
        var handlers = RestartHandler.Of(GetType());
        var faults = handlers.Where(static handler => !IsSound(handler))
            .Select(static handler =>
                $"The handler '{handler.Name}' must be an instance method that takes a "
                + $"ChildResult<{typeof(TChildOutput).Name}>, and a StepContext if it wants one, and returns a "
                + "HandlerReport? or a Task<HandlerReport?>.")
            .Concat(
                handlers
                    .GroupBy(static handler => handler.Name)
                    .Where(static same => same.Count() > 1)
                    .Select(static same => $"Two handlers have the name '{same.Key}'."))
            .ToList();
        if (faults.Count > 0)
        {
            throw new InvalidOperationException(string.Join(" ", faults));
        }

        outline
            .Step(SetUp)
            .While(ShouldRun, body => body.Step(RunChild).Step(InspectChild));
    }

    /// <inheritdoc/>
    internal override IEnumerable<string> FaultsOf(object input)
    {
        var known = RestartHandler
            .Of(GetType())
            .Select(static handler => handler.Name)
            .Order(StringComparer.Ordinal)
            .ToList();
        return ((TInput)input)
            .HandlerOverrides.Keys.Where(name => !known.Contains(name))
            .Select(name =>
                $"inputs.handlerOverrides.{name}: there is no such handler; there are: {string.Join(", ", known)}.");
    }

    private static bool IsSound(RestartHandler handler) =>
        !handler.Method.IsStatic
        && handler.Method.GetParameters() is [{ ParameterType: var taken }, .. var more]
        && taken == typeof(ChildResult<TChildOutput>)
        && (more.Length == 0 || (more.Length == 1 && more[0].ParameterType == typeof(StepContext)))
        && (
            handler.Method.ReturnType == typeof(HandlerReport)
            || handler.Method.ReturnType == typeof(Task<HandlerReport>));

    private bool ShouldRun() => !Context.IsDone;

    private Task SetUp(StepContext step)
    {
        Context.Inputs = PrepareInputs();
        return Task.CompletedTask;
    }

    private Task RunChild(StepContext step)
    {
        Context.Iteration++;
        AppendToContext(static context => context.Children, Child.Child(Context.Inputs!) with
        {
            Tags = new Dictionary<string, string> { ["iteration"] = $"{Context.Children.Count + 1}" },
        });
        return Task.CompletedTask;
    }

    private async Task<StepResult?> InspectChild(StepContext step)
    {
        var child = Context.Children[^1];
        switch (child.Outcome.State)
        {
            case ProcessState.Excepted:
                return End(EngineExitCodes.ChildExcepted, $"The child {child.Id} is Excepted: {child.Outcome.Message}");
            case ProcessState.Killed:
                return End(EngineExitCodes.ChildKilled, $"The child {child.Id} was killed: {child.Outcome.Message}");
            default:
                break;
        }

        var report = await HandleAsync(child, step);
        if (report is null && !child.IsSuccess)
        {
            return Unhandled(step, child);
        }

        Context.UnhandledBefore = false;
        if (report?.ExitCode is { } exitCode)
        {
            return exitCode;
        }

        Context.IsDone = report is null or { IsDone: true };
        return Context.IsDone ? null : Again(step, child);
    }

    private async Task<HandlerReport?> HandleAsync(ChildResult<TChildOutput> child, StepContext step)
    {
        HandlerReport? last = null;
        foreach (
            var handler in RestartHandler.For(RestartHandler.Of(GetType()), Input.HandlerOverrides, child.ExitCode))
        {
            var report = await handler.CallAsync(this, child, step);
            Context.Considered.Add(
                new ConsideredHandler(
                    Context.Children.Count,
                    handler.Name,
                    report is null ? "nothing"
                        : report.IsDone ? "done"
                        : report.ExitCode?.Label ?? "restart"));
            last = report ?? last;
            if (report is { Break: true })
            {
                break;
            }
        }

        return last;
    }

    private StepResult? Unhandled(StepContext step, ChildResult<TChildOutput> child)
    {
        var message =
            $"The child {child.Id} failed with exit code {child.ExitCode} and no handler had anything to say: "
            + $"{child.Outcome.Message}";
        var action = Input.OnUnhandledFailure;
        if (
            action == UnhandledFailureAction.Abort
            || (action == UnhandledFailureAction.RestartOnce && Context.UnhandledBefore))
        {
            return End(EngineExitCodes.UnhandledFailure, message);
        }

        if (
            action == UnhandledFailureAction.Pause
            || (action == UnhandledFailureAction.RestartOnceThenPause && Context.UnhandledBefore))
        {
            // Who plays it has seen to it: it is as if nothing had failed before, and the child may be run as often
            // again.
            Context.UnhandledBefore = false;
            Context.Iteration = 0;
            step.Report(message, ReportLevel.Warning);
            step.RequestPause(message);
            return null;
        }

        Context.UnhandledBefore = true;
        return Again(step, child);
    }

    private StepResult? Again(StepContext step, ChildResult<TChildOutput> child)
    {
        if (Context.Iteration < Input.MaxIterations)
        {
            return null;
        }

        var message =
            $"The child was run {Context.Iteration} times, as often as allowed; its last run {child.Id} has exit code "
            + $"{child.ExitCode}.";
        if (!Input.PauseOnMaxIterations)
        {
            return End(EngineExitCodes.IterationsExceeded, message);
        }

        Context.Iteration = 0;
        step.Report(message, ReportLevel.Warning);
        step.RequestPause(message);
        return null;
    }

    private static StepResult End(int exitCode, string message) => new(new Directive.End(exitCode, Message: message));
}
