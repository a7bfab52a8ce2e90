using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>
/// The state machine of a process: a state and events in, the next state, one commit and actions out. Pure: time, owner
/// and operation id are arguments, so that every promise can be tested by feeding it events.
/// </summary>
internal static class ProcessEngine
{
    /// <summary>The number of crashes of one step that makes it an incident, if it was alone in the last one.</summary>
    public const int MaxCrashes = 3;

    /// <summary>
    /// The number of crashes from which on a step is a suspect, which its silo lets in by its gate for them.
    /// </summary>
    public const int SuspectCrashes = 2;

    /// <summary>Stores a process for the first time.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="request">The start.</param>
    /// <param name="runId">Tells it from an earlier process of the same id.</param>
    /// <param name="context">The surroundings.</param>
    /// <param name="hook">
    /// The failure of a hook before this start was stored, which is then its end; null for none.
    /// </param>
    /// <returns>An insert, and the first step unless the start is delayed, paused or held.</returns>
    public static Decision Create(
        ProcessId id,
        StartRequest request,
        string runId,
        EngineContext context,
        FailureInfo? hook = null)
    {
        var held = request.Hold || request.Paused || request.Delay > TimeSpan.Zero;
        var turn = new Turn(
            new EngineState
            {
                Checkpoint = new Checkpoint
                {
                    Position = context.First,
                    Deadline = context.Now.Later(request.Deadline),
                    Trace = context.Trace,
                    Wait = held ? StartWait(request.Hold ? null : context.Now.Later(request.Delay)) : null,
                },
                Row = new ProcessRow
                {
                    Id = id,
                    RunId = runId,
                    Type = request.Type,
                    DefinitionVersion = context.DefinitionVersion,
                    State = held ? ProcessState.Created : ProcessState.Running,
                    Paused = request.Paused,
                    Root = id,
                    CreatedAt = context.Now,
                    UpdatedAt = context.Now,
                    Version = 0,
                    StartRequestId = request.RequestId,
                    Tags = request.Tags,
                    Input = request.Input,
                    Checkpoint = [],
                },
            },
            context);
        turn.Record(HistoryKind.Created, request.Type);
        if (hook is not null)
        {
            StepRules.FailHook(turn, new ProcessEvent.HookFailed(hook, Notes: null));
        }
        else if (!held)
        {
            turn.Record(HistoryKind.Started);
            turn.Observe(TransitionKind.Run, ProcessState.Created);
        }

        return turn.Close();
    }

    /// <summary>Makes one turn of a stored process out of everything that has gathered.</summary>
    /// <param name="state">The state as it was committed last.</param>
    /// <param name="events">What happened, in order.</param>
    /// <param name="context">The surroundings.</param>
    /// <returns>The decision. A terminal process does not change, but for messages that came too late.</returns>
    public static Decision Decide(EngineState state, IReadOnlyList<ProcessEvent> events, EngineContext context)
    {
        var turn = new Turn(state, context);
        foreach (var e in events)
        {
            Apply(turn, e);
        }

        InboxRules.Settle(turn);
        return turn.Close();
    }

    /// <summary>Wait for the time of a start.</summary>
    /// <param name="at">The time; null for never by itself.</param>
    public static WaitState.Start StartWait(DateTimeOffset? at) => new() { Until = at };

    private static void Apply(Turn turn, ProcessEvent e)
    {
        switch (e)
        {
            case ProcessEvent.MessagesArrived arrived:
                turn.Receive(arrived.Messages);
                break;
            case ProcessEvent.TimePassed:
                // Settling looks at the time itself.
                break;
            case ProcessEvent.PickedUp pickedUp:
                StepRules.PickUp(turn, pickedUp.InCompany);
                break;
            case ProcessEvent.Faulted faulted:
                StepRules.Fault(turn, faulted);
                break;
            case ProcessEvent.Unstorable unstorable:
                turn.Take(unstorable.Message, MessageSeen.Refused);
                break;
            case ProcessEvent.HookFailed failed:
                StepRules.FailHook(turn, failed);
                break;
            case ProcessEvent.StepReturned or ProcessEvent.ChildrenSliced or ProcessEvent.StepFailed
                or ProcessEvent.StepReleased or ProcessEvent.GraceElapsed or ProcessEvent.Survived when !turn.InFlight:
                // The step was dropped: its result comes too late.
                break;
            case ProcessEvent.StepReturned returned:
                StepRules.Return(turn, returned);
                break;
            case ProcessEvent.ChildrenSliced sliced:
                ChildRules.Add(turn, sliced.Children, turn.Checkpoint.Step, sliced.MaxConcurrency);
                break;
            case ProcessEvent.StepFailed failure:
                StepRules.Fail(turn, failure);
                break;
            case ProcessEvent.StepReleased released:
                StepRules.Release(turn, released);
                break;
            case ProcessEvent.GraceElapsed:
                StepRules.Abandon(turn);
                break;
            case ProcessEvent.Survived:
                StepRules.Survive(turn);
                break;
            default:
                throw new InvalidOperationException(
                    $"Process {turn.Row.Id}: the engine does not know the event {e.GetType().Name}.");
        }
    }
}
