using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Values;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Grains.Running;

/// <summary>Runs one attempt of a step on a new instance in a new scope, and finds what comes next.</summary>
internal sealed class StepRunner(
    DefinitionRegistry definitions,
    IProcessStore store,
    IServiceScopeFactory scopes,
    ILoggerFactory loggers,
    [FromKeyedServices(WorkflowTimeProviderNames.Engine)] TimeProvider time,
    IOptions<WorkflowOptions> options,
    IHostEnvironment? environment = null)
{
    private readonly bool _readsBack = options.Value.ReadValuesBack ?? environment?.IsDevelopment() ?? false;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    /// <summary>Runs the step at the checkpoint's position.</summary>
    /// <param name="definition">The process's definition.</param>
    /// <param name="step">The step.</param>
    /// <param name="state">The process as it was committed last.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="context">What the attempt is told of itself; has what it reported, also when it fails.</param>
    /// <exception cref="UnreadablePayloadException">Something stored is not of the definition's type.</exception>
    public async Task<ProcessEvent.StepReturned> RunAsync(
        ProcessDefinition definition,
        StepNode step,
        EngineState state,
        StepAttempt attempt,
        StepContext context)
    {
        var (row, position) = (state.Row, state.Checkpoint.Position);
        CurrentProcess.Enter(new ProcessIdentity(row.Id, row.RunId, definition.Name, row.Parent, row.Root, position)
        {
            ReadsBack = _readsBack,
        });
        CheckArgument(definition, step, state.Checkpoint);
        var results = await ResultsAsync(state, attempt.Token);
        await using var scope = scopes.CreateAsyncScope();
        var process = definition.Create(scope.ServiceProvider);
        process.Bind(
            state.Row.Input,
            step.TakesResults
                ? ContextResults.Apply(state.Checkpoint.Context, state.Checkpoint.Args, results)
                : state.Checkpoint.Context);
        if (state.Checkpoint.Outputs is { } emitted && emitted.Utf8 is not [(byte)'{', ..])
        {
            throw new UnreadablePayloadException("What earlier steps have emitted is not stored as a JSON object.");
        }

        var work = new StepWork(new EmittedOutputs(definition.Outputs, state.Checkpoint.Outputs));
        process.Work = work;
        var call = new StepCall(context, state.Checkpoint.Args, results);
        attempt.Token.ThrowIfCancellationRequested();
        var directive = NextSteps.Find(
            definition,
            step,
            process,
            work,
            state.Checkpoint.Skipping ? null : await step.RunAsync(process, call));
        directive = CheckChildren(directive, state);
        return new ProcessEvent.StepReturned(directive, process.SaveContext(), context.StatusText)
        {
            Notes = Notes(context, work.Outputs),
        };
    }

    /// <summary>What an attempt is told of itself.</summary>
    /// <param name="definition">The process's definition.</param>
    /// <param name="state">The process as it was committed last.</param>
    /// <param name="attempt">The attempt.</param>
    public StepContext ContextOf(ProcessDefinition definition, EngineState state, StepAttempt attempt) =>
        new(() => attempt.Reason)
        {
            ProcessId = state.Row.Id,
            RunId = state.Row.RunId,
            Parent = state.Row.Parent,
            Root = state.Row.Root,
            Position = state.Checkpoint.Position,
            StepNumber = state.Checkpoint.Step,
            Attempt = state.Checkpoint.Attempt,
            Tags = state.Row.Tags,
            TimeProvider = time,
            CancellationToken = attempt.Token,
            Logger = new StepLogger(
                loggers.CreateLogger(definition.Class),
                [
                    new("ProcessId", state.Row.Id.Value),
                    new("Step", state.Checkpoint.Position),
                    new("Attempt", state.Checkpoint.Attempt),
                ]),
        };

    /// <summary>
    /// A silo of an older version took the signal in; this one leaves the process waiting (<see
    /// cref="EngineContext.NeededArguments"/>).
    /// </summary>
    private static void CheckArgument(ProcessDefinition definition, StepNode step, Checkpoint checkpoint)
    {
        if (step.NeedsArgument && checkpoint is { Args: null, Skipping: false })
        {
            throw new UnreadablePayloadException(
                $"The step '{step.Position}' needs an argument of the type "
                + $"{definition.NeededArguments[step.Position]}, and has none: its signal came without a payload.")
            {
                Remedy =
                    "Skip it (owf skip ID), or go back before the wait (owf skip ID --to STEP) and send the signal "
                    + "with a payload; or kill.",
            };
        }
    }

    private static StepNotes? Notes(StepContext context, EmittedOutputs outputs) =>
        outputs.Paths.Count == 0 && context.Reports.Count == 0 && context.Control is null ? null : new StepNotes
        {
            Outputs = outputs.Paths.Count == 0 ? null : outputs.Write(),
            Emitted = outputs.Paths,
            Reports = context.Reports,
            Control = context.Control,
            ControlText = context.ControlText,
        };

    private async Task<IReadOnlyList<(int Index, ProcessOutcome Outcome)>> ResultsAsync(
        EngineState state,
        CancellationToken cancellationToken)
    {
        if (state.Checkpoint.ResultsOf is not { } from)
        {
            return [];
        }

        var results = await ReadResultsAsync(state.Row.Id, from, state.Checkpoint, cancellationToken);
        if (state.Checkpoint.Skipping)
        {
            // An operator goes on with what there is.
            return results;
        }

        var failed = results
            .FirstOrDefault(result => !result.Outcome.IsSuccess && MustSucceed(state.Checkpoint, result.Index))
            .Outcome;
        return failed is null
            ? results
            : throw new RequiredChildException(
                new ProcessFailedException(
                    $"The child {failed.Id}, which must succeed, is {failed.State} with exit code {failed.ExitCode}: "
                    + $"{failed.Message}",
                    failed));
    }

    private static bool MustSucceed(Checkpoint checkpoint, int index) =>
        checkpoint.MustSucceed?.Contains(index) == true || checkpoint.Required?.Contains(index) == true;

    private async Task<IReadOnlyList<(int Index, ProcessOutcome Outcome)>> ReadResultsAsync(
        ProcessId parent,
        int step,
        Checkpoint checkpoint,
        CancellationToken cancellationToken)
    {
        var rows = await ReadChildrenAsync(parent, step, cancellationToken);
        var asked = rows.Where(row =>
            !checkpoint.ResultIdsAreKnown || row.Id == ChildRules.IdOf(parent, step, row.Index, checkpoint.ResultIds));
        return
        [
            .. asked.Select(static row =>
            {
                if (!RawJson.IsJson(row.Output))
                {
                    throw new UnreadablePayloadException($"The stored output of the child {row.Id} is not JSON.");
                }

            var ending = Ending.Read(row.Failure);
            return (row.Index, new ProcessOutcome
            {
                Id = row.Id,
                State = row.State,
                ExitCode = row.ExitCode ?? EngineExitCodes.Success,
                ExitLabel = ending.Label ?? EngineExitCodes.LabelOf(row.ExitCode ?? EngineExitCodes.Success),
                Message = ending.Message,
                Failure = ending.Failure,
                Output = row.Output,
                FinishedAt = row.FinishedAt ?? default,
            });
        })];
    }

    /// <summary>A store that cannot be reached is no failure of the step: it is asked again.</summary>
    private async Task<IReadOnlyList<ChildRow>> ReadChildrenAsync(
        ProcessId parent,
        int step,
        CancellationToken cancellationToken)
    {
        for (var delay = TimeSpan.FromMilliseconds(50); ; delay = BackOff.After(delay, LongestDelay))
        {
            try
            {
                return await store.ReadChildrenAsync(parent, step, cancellationToken);
            }
            catch (StoreUnavailableException)
            {
                await Task.Delay(delay, TimeProvider.System, cancellationToken);
            }
        }
    }

    /// <summary>A child whose type this silo knows is checked like a start: its faults are the step's.</summary>
    private Directive CheckChildren(Directive directive, EngineState state)
    {
        if (directive is not Directive.AwaitChildren { Children: var children } wait)
        {
            return directive;
        }

        if (children.Count > 0)
        {
            // The longest of the engine's ids: whoever nests too deep fails here, with the reason.
            state.Row.Id.Child(state.Checkpoint.Step, children.Count);
        }

        var faults = new List<string>();
        var sound = new List<ChildRequest>(children.Count);
        foreach (var child in children)
        {
            var stored = child.Input.Utf8;
            faults.AddRange(
                definitions
                    .Find(child.Type)
                    ?.CheckInput(child.Input.Utf8, out stored)
                    .Select(fault => $"children[{child.Index}] ({child.Type}) {fault}")
                    ?? []);
            sound.Add(child with { Input = new RawJson(stored) });
        }

        return faults.Count == 0
            ? wait with
            {
                Children = sound,
            }
            : throw new PortValidationException(string.Join(" ", faults))
            {
                Faults = [.. faults.Select(PortFault.Parse)],
            };
    }
}
