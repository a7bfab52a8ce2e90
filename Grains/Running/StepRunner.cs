using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Running;

/// <summary>Runs one attempt of a step on a new instance in a new scope, and finds what comes next.</summary>
internal sealed class StepRunner(
    DefinitionRegistry definitions,
    IProcessStore store,
    IServiceScopeFactory scopes,
    ILoggerFactory loggers,
    TimeProvider time)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    /// <summary>Runs the step at the checkpoint's position.</summary>
    /// <param name="definition">The process's definition.</param>
    /// <param name="step">The step.</param>
    /// <param name="state">The process as it was committed last.</param>
    /// <param name="attempt">The attempt.</param>
    /// <returns>What the step returned.</returns>
    /// <exception cref="UnreadablePayloadException">Something stored is not of the definition's type.</exception>
    public async Task<ProcessEvent.StepReturned> RunAsync(ProcessDefinition definition, StepNode step, EngineState state, StepAttempt attempt)
    {
        var results = state.Checkpoint.ResultsOf is { } from ? await ReadResultsAsync(state.Row.Id, from, state.Checkpoint.ResultIds, attempt.Token) : [];
        await using var scope = scopes.CreateAsyncScope();
        var process = definition.Create(scope.ServiceProvider);
        Bind(process, state);
        var call = new StepCall(ContextOf(definition, state, attempt), state.Checkpoint.Args, results);
        attempt.Token.ThrowIfCancellationRequested();
        var directive = await step.RunAsync(process, call) ?? ProcessDefinition.After(process, step);
        CheckChildren(directive, state);
        return new ProcessEvent.StepReturned(directive, process.SaveContext(), call.Context.StatusText);
    }

    private static void Bind(Process process, EngineState state)
    {
        try
        {
            process.Bind(state.Row.Input, state.Checkpoint.Context);
        }
        catch (PayloadException e)
        {
            throw new UnreadablePayloadException(e.Message, e);
        }
    }

    private StepContext ContextOf(ProcessDefinition definition, EngineState state, StepAttempt attempt) => new(() => attempt.Reason)
    {
        ProcessId = state.Row.Id,
        RunId = state.Row.RunId,
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

    private async Task<IReadOnlyList<(int Index, ProcessOutcome Outcome)>> ReadResultsAsync(
        ProcessId parent,
        int step,
        IReadOnlyDictionary<int, ProcessId>? given,
        CancellationToken cancellationToken)
    {
        var rows = await ReadChildrenAsync(parent, step, cancellationToken);
        return [.. rows.Where(row => row.Id == InboxRules.ChildId(parent, step, row.Index, given)).Select(static row =>
        {
            var ending = Ending.Read(row.Failure);
            return (row.Index, new ProcessOutcome
            {
                Id = row.Id,
                State = row.State,
                ExitCode = row.ExitCode ?? EngineExitCodes.Success,
                Message = ending.Message,
                Failure = ending.Failure,
                Output = row.Output,
                FinishedAt = row.FinishedAt ?? default,
            });
        })];
    }

    /// <summary>A store that cannot be reached is no failure of the step: it is asked again.</summary>
    private async Task<IReadOnlyList<ChildRow>> ReadChildrenAsync(ProcessId parent, int step, CancellationToken cancellationToken)
    {
        for (var delay = TimeSpan.FromMilliseconds(50); ; delay = delay < LongestDelay ? delay * 2 : LongestDelay)
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
    private void CheckChildren(Directive directive, EngineState state)
    {
        if (directive is not Directive.AwaitChildren { Children: var children })
        {
            return;
        }

        if (children.Count > 0)
        {
            // The longest of the engine's ids: whoever nests too deep fails here, with the reason.
            state.Row.Id.Child(state.Checkpoint.Step, children.Count);
        }

        var faults = children
            .SelectMany(child => definitions.Find(child.Type)?.CheckInput(child.Input.Utf8).Select(fault => $"children[{child.Index}] ({child.Type}) {fault}") ?? [])
            .ToList();
        if (faults.Count > 0)
        {
            throw new PortValidationException(string.Join(" ", faults)) { Faults = faults };
        }
    }
}
