using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>What messages and time do to a process.</summary>
/// <remarks>
/// Kill comes before everything, whatever the order of arrival. The other controls have their effect in the order of
/// arrival, the last one stays. While a step runs, controls stay unseen in the inbox and take effect at its end: so a
/// crash loses none, and a supervisor can see a kill that is overdue. Only a kill by force does not wait for the step.
/// Everything else is parked at once, so that nobody reads it again with each poke.
/// </remarks>
internal static class InboxRules
{
    /// <summary>Gives every message and every due time its effect, as far as the state allows.</summary>
    public static void Settle(Turn turn)
    {
        if (turn.Ended)
        {
            foreach (var late in turn.Inbox)
            {
                turn.Take(late, MessageSeen.Refused);
            }

            return;
        }

        if (turn.InFlight)
        {
            SettleBesideStep(turn);
            return;
        }

        if (KillIfDoomed(turn))
        {
            return;
        }

        ControlRules.Apply(turn);

        // Play may have brought a deadline back that had passed during the pause.
        if (KillIfDoomed(turn))
        {
            return;
        }

        if (!turn.Row.Paused && turn.Context.CanRun && turn.Checkpoint.Wait is { } wait)
        {
            EndWait(turn, wait);
        }

        KeepEarly(turn);
    }

    /// <summary>Kills the process if a kill has arrived or its deadline has passed.</summary>
    /// <param name="turn">The turn; no step is in flight any more.</param>
    /// <param name="failure">The error that the step raised while it was being killed.</param>
    public static bool KillIfDoomed(Turn turn, FailureInfo? failure = null)
    {
        if (turn.Ended)
        {
            return true;
        }

        if (turn.Kill is { } kill)
        {
            foreach (var same in turn.Inbox.Unseen.Where(static message => message.Kind.IsKill()))
            {
                turn.Take(same);
            }

            // The first text stays, whatever comes after it. Without one, that of a pause is over with the pause.
            var before = turn.Row.Paused ? turn.Checkpoint.StatusBeforePause : turn.Row.StatusText;
            turn.Row = turn.Row with { StatusText = kill.Name ?? before };
            turn.End(
                ProcessState.Killed,
                EngineExitCodes.Killed,
                new Ending { Message = kill.Name ?? "killed", Failure = failure });
            return true;
        }

        if (turn.DeadlinePassed)
        {
            var message = $"the deadline {turn.Checkpoint.Deadline:O} has passed";
            turn.End(
                ProcessState.Killed,
                EngineExitCodes.DeadlineExceeded,
                new Ending { Message = message, Failure = failure });
            return true;
        }

        return false;
    }

    private static void SettleBesideStep(Turn turn)
    {
        if (turn.IsForced)
        {
            turn.InFlight = false;
            turn.Do(new EngineAction.DropStep());
            KillIfDoomed(turn);
            return;
        }

        if (!turn.Doomed && (turn.Kill is not null || turn.DeadlinePassed))
        {
            turn.Doomed = true;
            turn.Do(new EngineAction.StopStep());
        }

        KeepEarly(turn);
    }

    private static void KeepEarly(Turn turn)
    {
        foreach (var early in turn.Inbox.Unseen.Where(static message => message.Kind.IsKept()))
        {
            Keep(turn, early);
        }
    }

    private static void EndWait(Turn turn, WaitState wait)
    {
        switch (wait)
        {
            case WaitState.Signal { Name: var name }
                when turn.Inbox.FirstSignal(name) is { } broken && !RawJson.IsJson(broken.Payload):
                // In a checkpoint it would make the whole of that unreadable.
                turn.Take(broken, MessageSeen.Refused);
                StepRules.Fault(turn, new ProcessEvent.Faulted(
                    IncidentCode.PayloadUnreadable,
                    $"The stored payload of the signal '{name}' is not JSON, and the process waits for that signal.",
                    "Play, and send the signal again under another id; or kill."));
                break;
            case WaitState.Signal { Name: var name }
                when turn.Context.NeededArguments?.GetValueOrDefault(wait.Then) is { } needed
                    && turn.Inbox.FirstSignal(name) is { } empty
                    && RawJson.IsNull(empty.Payload):
                // The wait stays, so that the signal can be sent as it should be.
                turn.Take(empty, MessageSeen.Refused);
                StepRules.Fault(
                    turn,
                    new ProcessEvent.Faulted(
                        IncidentCode.PayloadUnreadable,
                        $"The signal '{name}' has come without a payload, and the step '{wait.Then}' needs one of the "
                        + $"type {needed}.",
                        "Play, and send the signal again with a payload, under another id; or kill."));
                break;
            case WaitState.Signal { Name: var name }
                when turn.Inbox.FirstSignal(name) is { } strange
                    && turn.Context.FaultOfArgument?.Invoke(wait.Then, strange.Payload) is { } fault:
                // It stays, for a definition that can read it; an operator may drop it.
                StepRules.Fault(turn, Unreadable(turn.Row, strange, wait.Then, fault));
                break;
            case WaitState.Signal { Name: var name } when turn.Inbox.FirstSignal(name) is { } signal:
                turn.Take(signal);
                turn.Record(HistoryKind.SignalReceived, name);
                turn.Schedule(wait.Then, signal.Payload.Length == 0 ? null : new RawJson(signal.Payload));
                break;
            case WaitState.Children children:
                ChildRules.Count(turn, children);
                break;
            default:
                Fire(turn, wait);
                break;
        }
    }

    private static ProcessEvent.Faulted Unreadable(ProcessRow row, InboxMessage signal, string step, string fault)
    {
        var id = EngineIds.GivenTo(signal);
        return new ProcessEvent.Faulted(
            IncidentCode.PayloadUnreadable,
            $"The signal '{signal.Name}' with the id {id} cannot be read by the step '{step}', and the process waits "
            + "for "
            + $"it: {fault}",
            $"Drop it (owf drop {row.Id} {ShellText.Quoted(id)}) and retry, so that the process waits for the next one; or deploy a "
            + "definition that can read it, and retry; or kill.");
    }

    private static void Fire(Turn turn, WaitState wait)
    {
        if (!(wait.Until <= turn.Context.Now))
        {
            return;
        }

        switch (wait)
        {
            case WaitState.Start:
                turn.Record(HistoryKind.Started);
                turn.Row = turn.Row with { DefinitionVersion = turn.Context.DefinitionVersion };
                turn.Schedule(turn.Context.First);
                break;
            case WaitState.Retry:
                // The same step with the same arguments; its attempt was counted when it failed.
                turn.Record(HistoryKind.TimerFired, "retry");
                turn.Row = turn.Row with { State = ProcessState.Running };
                turn.Checkpoint = turn.Checkpoint with { Wait = null };
                turn.Observe(TransitionKind.Run, ProcessState.Waiting);
                break;
            case WaitState.Signal signal:
                turn.Record(HistoryKind.TimerFired, $"signal '{signal.Name}' did not come in time");
                turn.Schedule(signal.OnTimeout ?? wait.Then);
                break;
            case WaitState.Time:
                turn.Record(HistoryKind.TimerFired);
                turn.Schedule(wait.Then);
                break;
            default:
                throw new InvalidOperationException(
                    $"Process {turn.Row.Id}: the engine does not know the wait {wait.GetType().Name}.");
        }
    }

    private static void Keep(Turn turn, InboxMessage message)
    {
        var stale = message.Kind == MessageKind.ChildEnded
            && ChildRules.StepOf(message) < turn.Checkpoint.Step
            && !(turn.Checkpoint.Wait is WaitState.Children wait && ChildRules.IsAwaited(turn, message, wait));
        if (stale)
        {
            // A child that an earlier attempt of the step started and the completed one did not ask for.
            turn.Take(message, MessageSeen.Refused);
        }
        else
        {
            turn.Park(message);
        }
    }
}
