using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Running;

// Turns: decide, run the hooks, commit, adopt, act.
internal sealed partial class ProcessLane
{
    private async Task TurnAsync(IReadOnlyList<ProcessEvent> events)
    {
        if (_state is not { } state)
        {
            return;
        }

        var reason = Loading.WhyNotRunnable(state, _silo.Definitions);
        if (reason is not null && HandOn(state))
        {
            return;
        }

        if (reason is not null && !Loading.IsControlled(state, events))
        {
            LogNotRunnable(_id, state.Row.Type, reason);
            var limit = _silo.Options.NotRunnableTimeout;
            if (!(_silo.Types.MissingFor(state.Row.Needs, state.Checkpoint.Format) >= limit) || Now - state.Row.UpdatedAt < limit)
            {
                Retire(deactivate: true);
                return;
            }

            events = [Loading.NotRunnable(reason)];
        }

        var definition = _silo.Definitions.Find(state.Row.Type);
        var decision = await PrepareAsync(state, events, definition, canRun: reason is null);
        if (decision.Commit is not { } commit)
        {
            Adopt(decision, CommitResult.Done);
            return;
        }

        var result = await CommitAsync(commit);
        switch (result.Status)
        {
            case CommitStatus.Done:
                _silo.ForgetFailures(_id);
                _outage.Worked();
                _silo.Instruments.Committed(state.Row, commit.Row, _silo.Now);
                var hasIncident = _log.Committed(state, commit, decision.Next);
                Adopt(decision, result);
                if (hasIncident)
                {
                    // Who waits for the end has to know that it does not come by itself.
                    _grain.TellToAskAgain();
                }

                _silo.Observers.Tell(definition, decision);
                break;
            case CommitStatus.ChildExists:
                var taken = Loading.ChildTaken(result.Child, events);
                _log.AttemptFailed(state, new ProcessAlreadyExistsException(taken.Failure.Message), retryAfter: null);
                await TurnAsync([.. events.Where(static e => e is not (ProcessEvent.StepReturned or ProcessEvent.ChildrenSliced)), taken]);
                break;
            case CommitStatus.Rejected:
                await RefusedAsync(state, events, decision, result);
                break;
            case CommitStatus.Conflict or CommitStatus.AlreadyExists:
                LogMoved(_id, commit.Row.Version);
                Retire(deactivate: true);
                break;
            case CommitStatus.Unavailable:
                // The activation ends before the store is back. Nothing was stored; what ran runs again.
                _outage.Refused(result.Reason);
                Retire(deactivate: true);
                break;
            case CommitStatus.Overloaded:
                LogRefused(_id, result.Status, result.Reason);
                Retire(deactivate: true);
                break;
            default:
                throw new InvalidOperationException($"Process {_id}: unknown commit status {result.Status}.");
        }
    }

    /// <summary>Decides, and runs the hooks of what was decided. A hook that fails makes another decision of it: the process is Excepted.</summary>
    private async Task<Decision> PrepareAsync(EngineState state, IReadOnlyList<ProcessEvent> events, ProcessDefinition? definition, bool canRun)
    {
        var decision = ProcessEngine.Decide(state, events, Context(definition) with { CanRun = canRun });
        if (await _silo.Observers.PrepareAsync(definition, decision, state.Row.Input) is not { } failure)
        {
            return decision;
        }

        var messages = events.Where(static e => e is ProcessEvent.MessagesArrived);
        var excepted = ProcessEngine.Decide(state, [new ProcessEvent.HookFailed(failure, Loading.NotesOf(events)), .. messages], Context(definition));
        await _silo.Observers.PrepareAsync(definition, EndOf(excepted), state.Row.Input);
        return excepted;
    }

    /// <summary>What of a decision is new to the hooks: they were asked about the rest before one of them failed.</summary>
    private static Decision EndOf(Decision excepted) => excepted with { Transitions = [.. excepted.Transitions.Where(static transition => transition.Kind == TransitionKind.Except)] };

    private async Task<Decision> PrepareStartAsync(StartRequest request, ProcessDefinition definition, string? trace)
    {
        var runId = Guid.CreateVersion7().ToString("N");
        var decision = ProcessEngine.Create(_id, request, runId, Context(definition) with { Trace = trace });
        if (await _silo.Observers.PrepareAsync(definition, decision, request.Input) is not { } failure)
        {
            return decision;
        }

        var excepted = ProcessEngine.Create(_id, request, runId, Context(definition), failure);
        await _silo.Observers.PrepareAsync(definition, excepted, request.Input);
        return excepted;
    }

    private Task<CommitResult> CommitAsync(ProcessCommit commit) =>
        _silo.CommitAsync(commit, () => _retired, _outage.Refused);

    private void Adopt(Decision decision, CommitResult result)
    {
        var played = decision.Next.Held && _state is { Held: false, InFlight: false };
        _state = decision.Next;
        foreach (var action in decision.Actions)
        {
            switch (action)
            {
                case EngineAction.RunStep when _retired:
                    // The commit was on its way when the activation ended; the next one runs the step.
                    _silo.Poke(_id);
                    break;
                case EngineAction.RunStep:
                    _driver.Run(decision.Next);
                    break;
                case EngineAction.StopStep:
                    _driver.Stop(StopReason.Kill);
                    break;
                case EngineAction.DropStep:
                    LogAbandoned(_id, decision.Next.Checkpoint.Position);
                    _driver.Drop(decision.Next.Row.State == ProcessState.Killed ? StopReason.Kill : StopReason.Shutdown);
                    break;
                case EngineAction.Announce announce:
                    _grain.Announce(announce.Outcome);
                    break;
                default:
                    throw new InvalidOperationException($"Process {_id}: unknown action {action.GetType().Name}.");
            }
        }

        if (!decision.Next.Held)
        {
            _driver.LeaveSlotIfIdle();
        }

        if (played)
        {
            // It was interrupted and then paused: it is taken over like any interrupted step.
            Poke();
        }

        if (decision.Commit is { } commit)
        {
            _silo.PokeReceivers(commit, result);
        }
    }
}
