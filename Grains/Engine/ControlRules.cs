using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>
/// What controls do to a process of which no step is in flight, but for kill, which comes before all of them.
/// </summary>
internal static class ControlRules
{
    private const int MaxAudit = 4_000;

    /// <summary>Gives every control its effect, in the order of arrival.</summary>
    public static void Apply(Turn turn)
    {
        foreach (var control in turn.Inbox.Unseen.Where(static message => message.Kind.IsControl()))
        {
            if (!turn.Context.CanRun && !control.Kind.NeedsNoDefinition())
            {
                // It stays unseen, so that a silo which can run the process takes it.
                break;
            }

            Apply(turn, control);
        }
    }

    /// <summary>Pauses the process. The last text wins, on an incident too.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="text">The text; null leaves the status text as it is.</param>
    public static void Pause(Turn turn, string? text)
    {
        if (turn.Row.Paused)
        {
            turn.Row = turn.Row with { StatusText = text ?? turn.Row.StatusText };
            turn.Record(HistoryKind.Paused, text);
            return;
        }

        turn.Checkpoint = turn.Checkpoint with
        {
            StatusBeforePause = turn.Row.StatusText,
            Interrupted = turn.NotTakenOver,
        };
        turn.NotTakenOver = false;
        turn.Row = turn.Row with { Paused = true, StatusText = text ?? turn.Row.StatusText };
        turn.Record(HistoryKind.Paused, text);
        turn.Observe(TransitionKind.Pause, turn.Row.State, text);
    }

    private static void Apply(Turn turn, InboxMessage control)
    {
        switch (control.Kind)
        {
            case MessageKind.Pause:
                turn.Take(control);
                Pause(turn, control.Name);
                PassOn(turn, control);
                break;
            case MessageKind.Play:
                turn.Take(control);
                Play(turn);
                PassOn(turn, control);
                break;
            case MessageKind.Continue:
                turn.Take(control);
                Continue(turn);
                break;
            case MessageKind.Retry when IncidentOf(turn) is not null:
                turn.Take(control);
                turn.Checkpoint = turn.Checkpoint with { Skipping = false };
                Play(turn);
                break;
            case MessageKind.Skip
                when IncidentOf(turn) is not null
                    && turn.Row.State == ProcessState.Running
                    && RawJson.IsJson(control.Payload):
                turn.Take(control);
                Skip(turn, control.Payload);
                break;
            case MessageKind.Edit when turn.Row.Paused && RawJson.IsJson(control.Payload):
                turn.Take(control);
                Edit(turn, control);
                break;
            case MessageKind.EditInput when turn.Row.Paused && RawJson.IsJson(control.Payload):
                turn.Take(control);
                EditInput(turn, control);
                break;
            case MessageKind.Drop when SignalOf(turn, control.Payload) is { } signal:
                turn.Take(control);
                turn.Drop(signal, control.Name);
                break;
            default:
                turn.Take(control, MessageSeen.Refused);
                break;
        }
    }

    /// <summary>The incident that an operator can have seen; one of this very turn is none.</summary>
    private static IncidentCode? IncidentOf(Turn turn) =>
        turn.IncidentOpened ? null : turn.Checkpoint.Incident?.Code ?? turn.Row.Incident;

    private static InboxMessage? SignalOf(Turn turn, byte[] payload)
    {
        if (payload.Length == 0 || !RawJson.IsJson(payload) || JsonNode.Parse(payload) is not JsonValue value
            || !value.TryGetValue<string>(out var given))
        {
            return null;
        }

        return turn.Inbox.Find(EngineIds.SignalOf(given)) is { Kind: MessageKind.Signal } signal ? signal : null;
    }

    private static void Play(Turn turn)
    {
        if (!turn.Row.Paused)
        {
            turn.Record(HistoryKind.Played, "was not paused");
            return;
        }

        if (turn.IncidentOpened)
        {
            turn.Record(HistoryKind.Played, "before the incident, which it does not resolve");
            return;
        }

        Resolve(turn, "another attempt");
        Unpause(turn);
    }

    private static void Continue(Turn turn)
    {
        if (turn.Checkpoint.Wait is WaitState.Start start)
        {
            turn.Checkpoint = turn.Checkpoint with { Wait = start with { Until = turn.Context.Now } };
            turn.Record(HistoryKind.Continued);
        }
        else
        {
            turn.Record(HistoryKind.Continued, "was started");
        }
    }

    private static void Skip(Turn turn, byte[] payload)
    {
        var to = payload.Length == 0 ? null : JsonNode.Parse(payload)?.GetValue<string>();
        var isUnreadable = IncidentOf(turn) == IncidentCode.PayloadUnreadable;
        Resolve(turn, to is null ? "the step is skipped" : $"the step is skipped, on to '{to}'");
        Unpause(turn);
        if (to is null)
        {
            // What comes behind the step is for the definition to say: its predicates are asked where a step would run.
            turn.Checkpoint = turn.Checkpoint with { Skipping = true };
            return;
        }

        turn.NotTakenOver = false;
        turn.Record(HistoryKind.StepSkipped, turn.Checkpoint.Position);
        var skipped = turn.Checkpoint;
        turn.Checkpoint = skipped with { Step = skipped.Step + 1 };

        // What the skipped step was to get goes on to the other one, which may be the same step under a new name; not
        // what could not be read.
        turn.Schedule(to, isUnreadable ? null : skipped.Args);
        turn.Checkpoint = turn.Checkpoint with
        {
            ResultsOf = skipped.ResultsOf,
            ResultIds = skipped.ResultIds,
            ResultIdsAreKnown = skipped.ResultIdsAreKnown,
        };
    }

    private static void Resolve(Turn turn, string how)
    {
        if (IncidentOf(turn) is { } code)
        {
            turn.Row = turn.Row with { Incident = null, Failure = null };
            turn.Checkpoint = turn.Checkpoint with
            {
                Incident = null,
                Attempt = turn.Checkpoint.Attempt + 1,
                Failures = 0,
                Crashes = 0,
                InCompany = false,
            };
            turn.Record(HistoryKind.IncidentResolved, $"{code}: {how}");
        }
    }

    private static void Unpause(Turn turn)
    {
        turn.NotTakenOver = turn.Checkpoint.Interrupted;
        turn.Row = turn.Row with { Paused = false, StatusText = turn.Checkpoint.StatusBeforePause };
        turn.Checkpoint = turn.Checkpoint with { StatusBeforePause = null, Interrupted = false };
        turn.Record(HistoryKind.Played);
        turn.Observe(TransitionKind.Play, turn.Row.State);
    }

    private static void Edit(Turn turn, InboxMessage edit)
    {
        var context = turn.Checkpoint.Context is { } stored ? JsonNode.Parse(stored.Utf8) : new JsonObject();
        var changed = MergePatch.Apply(context, JsonNode.Parse(edit.Payload));
        turn.Checkpoint = turn.Checkpoint with
        {
            Context = new RawJson(JsonSerializer.SerializeToUtf8Bytes(changed, EngineJson.Default.JsonNode)),
        };
        turn.Record(HistoryKind.ContextEdited, Audit(edit));
    }

    private static void EditInput(Turn turn, InboxMessage edit)
    {
        // The row keeps the input of the start: what is written once is not written with each commit.
        var changed = MergePatch.ApplyToInput(turn.Row.Input, edit.Payload);
        turn.Checkpoint = turn.Checkpoint with { Input = new RawJson(changed) };
        turn.Row = turn.Row with { Input = changed };
        turn.Record(HistoryKind.InputEdited, Audit(edit));
    }

    private static string Audit(InboxMessage edit)
    {
        var audit = $"{edit.Name ?? "no note"}: {JsonNode.Parse(edit.Payload)?.ToJsonString() ?? "null"}";
        return audit.Length > MaxAudit ? $"{audit[..MaxAudit]}…" : audit;
    }

    /// <summary>
    /// A pause or play that is for the whole tree goes on to the children that have not ended, and from them to theirs.
    /// </summary>
    private static void PassOn(Turn turn, InboxMessage control)
    {
        if (control.Payload.Length > 0 && turn.Checkpoint.HasChildren)
        {
            turn.TellChildren(
                control with
                {
                    MessageId = EngineIds.PassedOn(control.MessageId),
                    Sender = turn.Row.Id,
                    Sequence = 0,
                    Seen = MessageSeen.Unseen,
                });
        }
    }
}
