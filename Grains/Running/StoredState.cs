using System.Text.Json;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Grains.Running;

/// <summary>
/// Reads what is stored of a process, also where it cannot be read, or the row alone has its incident.
/// </summary>
internal static class StoredState
{
    /// <summary>Reads a process.</summary>
    /// <param name="loaded">What the store has.</param>
    /// <param name="fault">Why it cannot be worked with; null when it can.</param>
    /// <returns>The state. With a fault it is good for showing, not for committing.</returns>
    public static EngineState Read(LoadedProcess loaded, out string? fault)
    {
        try
        {
            fault = null;
            return EngineState.Load(loaded);
        }
        catch (JsonException e)
        {
            // A kill needs nothing of what cannot be read. Whether there are children is not known, so they are looked
            // for.
            var killed = loaded.Inbox.Any(static message => message.Kind.IsKill());
            fault = killed || loaded.Row.State.IsTerminal() ? null : $"its checkpoint cannot be read: {e.Message}";
            return new EngineState
            {
                Row = loaded.Row,
                Checkpoint = new Checkpoint { HasChildren = true },
                Inbox = Inbox.Of(loaded.Inbox),
            };
        }
    }

    /// <summary>What is shown of a process, whatever is stored of it.</summary>
    /// <returns>Its checkpoint, with the incident that the row has.</returns>
    public static Checkpoint Shown(ProcessRow row)
    {
        try
        {
            var checkpoint = EngineState.CheckpointOf(row);
            return row.Incident is not { } code || checkpoint.Incident is not null ? checkpoint : checkpoint with
            {
                Incident = new Incident
                {
                    Code = code,
                    Text = Sentence.Ended(row.StatusText ?? $"{code}"),
                    Attempts = checkpoint.Attempt,
                    OpenedAt = row.UpdatedAt,
                    Remedy = code == IncidentCode.NotRunnable ? "Deploy a silo that has the type and version, then "
                        + "play, or kill." : "Mend the row in the database, then play, or kill.",
                    Failure = Ending.Read(row.Failure).Failure,
                },
            };
        }
        catch (JsonException e)
        {
            return Unreadable(row, e);
        }
    }

    /// <summary>The open incident of a process.</summary>
    /// <returns>The incident, as the checkpoint has it or the row alone; null for none.</returns>
    public static Incident? IncidentOf(EngineState state) =>
        state.Checkpoint.Incident
        ?? (state.Row.Incident is null || state.Row.State.IsTerminal() ? null : Shown(state.Row).Incident);

    /// <summary>What is shown of a process whose checkpoint cannot be read.</summary>
    public static Checkpoint Unreadable(ProcessRow row, JsonException e) => new()
    {
        Incident = new Incident
        {
            Code = IncidentCode.PayloadUnreadable,
            Text = $"Its checkpoint cannot be read: {Sentence.Ended(e.Message)}",
            Attempts = 0,
            OpenedAt = row.UpdatedAt,
            Remedy = "Mend the row's checkpoint in the database, then play, or kill.",
            Failure = FailureInfo.From(e),
        },
    };

    /// <summary>
    /// Makes an incident of a row that cannot be worked with, and leaves its checkpoint as it is. Messages that led
    /// there are refused: they would lead there again whenever they are looked at.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="fault">What is wrong.</param>
    /// <param name="context">The surroundings.</param>
    /// <param name="code">The kind of trouble.</param>
    /// <param name="failure">
    /// The error; null for none. It is where an end would have its own, until the incident is resolved.
    /// </param>
    /// <param name="refused">The messages that led there; null for none.</param>
    /// <returns>The commit; null when the row already says so and no message led there, or has ended.</returns>
    public static ProcessCommit? Quarantine(
        ProcessRow row,
        string fault,
        EngineContext context,
        IncidentCode code = IncidentCode.PayloadUnreadable,
        FailureInfo? failure = null,
        IReadOnlyList<InboxMessage>? refused = null) =>
        row.State.IsTerminal() || (row.Incident == code && refused is not { Count: > 0 })
            ? null
            : new ProcessCommit
            {
                OperationId = context.OperationId,
                ExpectedVersion = row.Version,
                ExpectedOperation = row.LastOperation,
                Row = row with
                {
                    Paused = true,
                    Incident = code,
                    Owner = null,
                    DueAt = null,
                    UpdatedAt = context.Now,
                    Version = row.Version + 1,
                    StatusText = StorableText.Shorten(StorableText.Mend(fault)),
                    Failure = new Ending { Failure = failure }.Write(),
                },
                History =
                [
                    new HistoryEvent(HistoryKind.IncidentOpened, $"{code}: {fault}"),
                    .. (refused ?? []).Select(static message =>
                        new HistoryEvent(HistoryKind.MessageRefused, MessageText.Of(message))),
                ],
                Marks = [.. (refused ?? []).Select(static message =>
                    new MessageMark(message.MessageId, MessageSeen.Refused))],
            };
}
