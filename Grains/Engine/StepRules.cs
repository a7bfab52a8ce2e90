using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>What becomes of a process when its step ends, in whatever way.</summary>
internal static class StepRules
{
    /// <summary>
    /// Takes over a step that was interrupted: a new attempt, unless it has taken its host along too often. A host that
    /// stopped in time is no crash.
    /// </summary>
    public static void PickUp(Turn turn, bool inCompany)
    {
        if (!turn.NotTakenOver)
        {
            return;
        }

        turn.NotTakenOver = false;
        var (crashes, isGuilty) = (turn.Checkpoint.CrashesFound, turn.Checkpoint.IsGuilty);
        turn.Checkpoint = turn.Checkpoint with
        {
            Attempt = turn.Checkpoint.Attempt + 1,
            Crashes = crashes,
            InCompany = inCompany,
            Released = false,
        };
        if (isGuilty)
        {
            OpenIncident(
                turn,
                IncidentCode.CrashLoop,
                $"Its host died {crashes} times while the step '{turn.Checkpoint.Position}' was running.",
                "Find out why (memory, a native crash, Environment.FailFast), then play to try again, or kill.");
            return;
        }

        turn.Record(HistoryKind.Resumed, $"{Name(turn)} attempt {turn.Checkpoint.Attempt} on {turn.Context.Owner}");
    }

    /// <summary>
    /// Takes note that other suspects are let in beside the step: from here on a crash is no proof against it.
    /// </summary>
    public static void Survive(Turn turn)
    {
        turn.Checkpoint = turn.Checkpoint with { InCompany = true };
        turn.Record(HistoryKind.Survived, Name(turn));
    }

    /// <summary>Takes the result of a step, unless the process is being killed: then the result is dropped.</summary>
    public static void Return(Turn turn, ProcessEvent.StepReturned returned)
    {
        turn.InFlight = false;
        turn.Keep(returned.Notes);
        if (InboxRules.KillIfDoomed(turn))
        {
            return;
        }

        turn.Record(turn.Checkpoint.Skipping ? HistoryKind.StepSkipped : HistoryKind.StepCompleted, Name(turn));
        var step = turn.Checkpoint.Step;
        turn.Checkpoint = turn.Checkpoint with
        {
            Step = step + 1,
            Context = returned.Context ?? turn.Checkpoint.Context,
        };
        if (returned.StatusText is { } status)
        {
            turn.Row = turn.Row with { StatusText = status };
        }

        if (returned.Notes is { Control: MessageKind.Kill, ControlText: var reason })
        {
            turn.Row = turn.Row with { StatusText = reason ?? turn.Row.StatusText };
            turn.End(
                ProcessState.Killed,
                EngineExitCodes.Killed,
                new Ending { Message = reason ?? "killed by its own step" });
            return;
        }

        Follow(turn, returned.Directive, step);
        if (returned.Notes is { Control: MessageKind.Pause, ControlText: var text } && !turn.Ended)
        {
            ControlRules.Pause(turn, text);
        }
    }

    /// <summary>Waits.</summary>
    public static void Wait(Turn turn, WaitState wait)
    {
        var from = turn.Row.State;
        turn.Row = turn.Row with { State = ProcessState.Waiting };
        turn.Checkpoint = turn.Checkpoint.WithoutStep() with { Wait = wait };
        turn.Record(HistoryKind.WaitStarted, Explanation.OfWait(wait));
        turn.Observe(TransitionKind.Wait, from, Explanation.OfWait(wait));
    }

    private static void Follow(Turn turn, Directive directive, int step)
    {
        switch (directive)
        {
            case Directive.Next next:
                turn.Schedule(next.Position, next.Args);
                break;
            case Directive.AwaitSignal signal:
                Wait(turn, new WaitState.Signal
                {
                    Name = signal.Name,
                    Then = signal.Then,
                    Until = turn.Context.Now.Later(signal.Timeout),
                    OnTimeout = signal.OnTimeout,
                });
                break;
            case Directive.AwaitTime time:
                Wait(turn, new WaitState.Time { Then = time.Then, Until = turn.Context.Now.Later(time.Delay) });
                break;
            case Directive.AwaitChildren children:
                ChildRules.AddAndWait(turn, children, step);
                break;
            case Directive.End end:
                turn.End(
                    ProcessState.Finished,
                    end.ExitCode,
                    new Ending
                    {
                        Message = end.Message,
                        Label = end.Label,
                        Failure = end.Failure,
                    },
                    end.Output);
                break;
            default:
                throw new InvalidOperationException(
                    $"Process {turn.Row.Id}: the engine does not know the directive {directive.GetType().Name}.");
        }
    }

    /// <summary>Plans the next attempt of a step that failed, or ends the process, or asks an operator.</summary>
    public static void Fail(Turn turn, ProcessEvent.StepFailed failed)
    {
        turn.InFlight = false;
        turn.Report(failed.Reports);
        if (InboxRules.KillIfDoomed(turn, failed.Failure))
        {
            return;
        }

        var checkpoint = turn.Checkpoint;
        turn.Record(
            HistoryKind.StepFailed,
            $"{Name(turn)} attempt {checkpoint.Attempt}: {failed.Failure.Type}: {failed.Failure.Message}");
        if (failed.Retry?.DelayAfter(checkpoint.Failures + 1) is { } delay)
        {
            turn.Checkpoint = checkpoint with
            {
                Failures = checkpoint.Failures + 1,
                Attempt = checkpoint.Attempt + 1,
                Wait = new WaitState.Retry { Then = checkpoint.Position, Until = turn.Context.Now.Later(delay) },
            };
            turn.Row = turn.Row with { State = ProcessState.Waiting };
            turn.Record(
                HistoryKind.RetryScheduled,
                $"attempt {checkpoint.Attempt + 1} in {delay.TotalSeconds:0.###} s");
            turn.Observe(TransitionKind.Wait, ProcessState.Running, "retry");
        }
        else if (failed.AsIncident)
        {
            OpenIncident(
                turn,
                IncidentCode.StepFailed,
                $"The step '{checkpoint.Position}' failed: {failed.Failure.Message}",
                "Mend the cause, then retry; or edit the context, skip the step, or kill.",
                failed.Failure);
        }
        else
        {
            turn.End(
                ProcessState.Excepted,
                EngineExitCodes.Excepted,
                new Ending { Message = failed.Failure.Message, Failure = failed.Failure });
        }
    }

    /// <summary>Gives the step back: whoever loads the row next runs it, and it does not count as a crash.</summary>
    public static void Release(Turn turn, ProcessEvent.StepReleased released)
    {
        turn.InFlight = false;
        turn.Report(released.Reports);
        if (InboxRules.KillIfDoomed(turn))
        {
            return;
        }

        turn.NotTakenOver = true;
        turn.Checkpoint = turn.Checkpoint with { Released = true };
        turn.Record(HistoryKind.Released, turn.Context.Owner);
    }

    /// <summary>Gives up on a step that goes on although it was told to stop.</summary>
    public static void Abandon(Turn turn)
    {
        turn.InFlight = false;
        turn.Do(new EngineAction.DropStep());
        if (!InboxRules.KillIfDoomed(turn))
        {
            OpenIncident(
                turn,
                IncidentCode.StepIgnoredCancellation,
                $"The step '{turn.Checkpoint.Position}' timed out and did not stop within its grace period.",
                "Make the step observe its cancellation token, see that the old attempt has ended, then play to try "
                + "again, or kill.");
        }
    }

    /// <summary>Asks an operator about something that is no failure of the step.</summary>
    public static void Fault(Turn turn, ProcessEvent.Faulted faulted)
    {
        if (turn.Ended || turn.Row.Paused)
        {
            return;
        }

        turn.InFlight = false;
        turn.NotTakenOver = false;
        if (!InboxRules.KillIfDoomed(turn))
        {
            OpenIncident(turn, faulted.Code, faulted.Text, faulted.Remedy, faulted.Failure);
        }
    }

    /// <summary>Ends a process whose hook has failed: in a stored state, whatever the hook was for.</summary>
    public static void FailHook(Turn turn, ProcessEvent.HookFailed failed)
    {
        turn.InFlight = false;
        turn.NotTakenOver = false;
        turn.Keep(failed.Notes);
        turn.End(
            ProcessState.Excepted,
            EngineExitCodes.Excepted,
            new Ending { Message = failed.Failure.Message, Failure = failed.Failure });
    }

    private static void OpenIncident(
        Turn turn,
        IncidentCode code,
        string text,
        string remedy,
        FailureInfo? failure = null)
    {
        var incident = new Incident
        {
            Code = code,
            Text = StorableText.Shorten(Sentence.Ended(text), WorkflowLimits.MaxFailureTextLength),
            Attempts = turn.Checkpoint.Attempt,
            OpenedAt = turn.Context.Now,
            Remedy = remedy,
            Failure = failure,
        };
        turn.Checkpoint = turn.Checkpoint with
        {
            Incident = incident,
            Released = false,
            StatusBeforePause = turn.Row.StatusText,
        };
        turn.Row = turn.Row with { Paused = true };
        turn.IncidentOpened = true;
        turn.Record(HistoryKind.IncidentOpened, $"{code}: {text}");
        turn.Observe(TransitionKind.Pause, turn.Row.State, $"{code}: {text}");
    }

    private static string Name(Turn turn) => turn.Checkpoint.Position;
}
