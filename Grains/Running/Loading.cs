using System.Text.Json;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Running;

/// <summary>Judges what an activation finds in the store: can it be read, can it run here.</summary>
internal static class Loading
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

    /// <summary>
    /// Makes an incident of a row whose checkpoint cannot be read, and leaves the checkpoint as it is.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="fault">What is wrong.</param>
    /// <param name="context">The surroundings.</param>
    /// <param name="code">The kind of trouble.</param>
    /// <param name="failure">
    /// The error; null for none. It is where an end would have its own, until the incident is resolved.
    /// </param>
    /// <returns>The commit; null when the row already says so, or has ended.</returns>
    public static ProcessCommit? Quarantine(
        ProcessRow row,
        string fault,
        EngineContext context,
        IncidentCode code = IncidentCode.PayloadUnreadable,
        FailureInfo? failure = null) =>
        row.Incident == code || row.State.IsTerminal()
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
                History = [new HistoryEvent(HistoryKind.IncidentOpened, $"{code}: {fault}")],
            };

    /// <summary>What is shown of a process, whatever is stored of it.</summary>
    /// <param name="row">The row.</param>
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
                    Text = row.StatusText is { } text ? $"{text}." : $"{code}.",
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
    /// <param name="state">The process.</param>
    /// <returns>The incident, as the checkpoint has it or the row alone; null for none.</returns>
    public static Incident? IncidentOf(EngineState state) =>
        state.Checkpoint.Incident
        ?? (state.Row.Incident is null || state.Row.State.IsTerminal() ? null : Shown(state.Row).Incident);

    /// <summary>What the engine is told when the last entries of the history are gone.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The event.</returns>
    public static ProcessEvent Truncated(ProcessRow row) =>
        new ProcessEvent.Faulted(
            IncidentCode.HistoryTruncated,
            $"Its history does not have the entry {row.Version}, its last one: the database was changed by hand, or "
            + "restored in part.",
            "Find out what else is missing, and restore it; then play to go on, or kill.");

    /// <summary>What is shown of a process whose checkpoint cannot be read.</summary>
    /// <param name="row">The row.</param>
    /// <param name="e">What is wrong.</param>
    /// <returns>A checkpoint that says so.</returns>
    public static Checkpoint Unreadable(ProcessRow row, JsonException e) => new()
    {
        Incident = new Incident
        {
            Code = IncidentCode.PayloadUnreadable,
            Text = $"Its checkpoint cannot be read: {e.Message}",
            Attempts = 0,
            OpenedAt = row.UpdatedAt,
            Remedy = "Mend the row's checkpoint in the database, then play, or kill.",
            Failure = FailureInfo.From(e),
        },
    };

    /// <summary>Says why this silo cannot run a process.</summary>
    /// <param name="state">The process.</param>
    /// <param name="definitions">The process types of this silo.</param>
    /// <returns>The reason; null when it can, or has ended.</returns>
    public static string? WhyNotRunnable(EngineState state, DefinitionRegistry definitions)
    {
        if (state.Row.State.IsTerminal())
        {
            return null;
        }

        var definition = definitions.Find(state.Row.Type);
        return definition is null ? "the type is not known here"
            : state.Row.DefinitionVersion > definition.Version
                ? $"it needs version {state.Row.DefinitionVersion} of its definition, and this silo has "
                    + $"{definition.Version}"
            : state.Checkpoint.Format > Checkpoint.CurrentFormat
                ? $"its checkpoint has format {state.Checkpoint.Format}, and this silo knows {Checkpoint.CurrentFormat}"
            : null;
    }

    /// <summary>Whether there is something that can be done with a process without its definition.</summary>
    /// <param name="state">The process.</param>
    /// <param name="events">What has happened.</param>
    /// <returns>Whether it is paused already, or a pause or kill has come.</returns>
    public static bool IsControlled(EngineState state, IReadOnlyList<ProcessEvent> events) =>
        state.Row.Paused
        || state
            .Inbox.Unseen.Concat(
                events.OfType<ProcessEvent.MessagesArrived>().SelectMany(static arrived => arrived.Messages))
            .Any(static message => message.Kind.NeedsNoDefinition());

    /// <summary>What the engine is told when no silo could run a process for long enough.</summary>
    /// <param name="reason">Why this one cannot.</param>
    /// <returns>The event.</returns>
    public static ProcessEvent NotRunnable(string reason) => new ProcessEvent.Faulted(
        IncidentCode.NotRunnable,
        $"No silo can run it: {reason}.",
        "Deploy a silo that has the type and version, then play, or kill.");

    /// <summary>What the engine is told when the store refuses a commit.</summary>
    /// <param name="state">The process.</param>
    /// <param name="result">What the store said.</param>
    /// <returns>The event.</returns>
    public static ProcessEvent Refused(EngineState state, CommitResult result) => state.InFlight
        ? new ProcessEvent.Faulted(
            IncidentCode.CommitRejected,
            $"The store refuses what the step '{state.Checkpoint.Position}' returned: {result.Reason}",
            "Change what the step returns, then play to run it again, or kill.")
        : new ProcessEvent.Faulted(
            IncidentCode.CommitRejected,
            $"The store refuses what comes next: {result.Reason}",
            "Mend what the reason names, in the database or in the definition, then play to try again, or kill.");

    /// <summary>What the engine is told when the id that a step gives a child is taken.</summary>
    /// <param name="child">The id.</param>
    /// <param name="events">What was to be committed.</param>
    /// <returns>The event: a failure of the step that no retry can mend.</returns>
    public static ProcessEvent.StepFailed ChildTaken(ProcessId? child, IReadOnlyList<ProcessEvent> events) => new(
        new FailureInfo
        {
            Type = FailureInfo.NameOf(typeof(ProcessAlreadyExistsException)),
            Message = $"The id '{child}' that the step gives its child is taken by another process. Give another id, "
                + "or none.",
        },
        Retry: null,
        AsIncident: false)
    {
        Reports = NotesOf(events)?.Reports ?? [],
    };

    /// <summary>What the end of a step leaves besides what comes next, however it ended.</summary>
    /// <param name="events">What has happened.</param>
    /// <returns>The notes; null when no step has ended.</returns>
    public static StepNotes? NotesOf(IReadOnlyList<ProcessEvent> events) => events
        .Select(static e => e switch
        {
            ProcessEvent.StepReturned returned => returned.Notes,
            ProcessEvent.StepFailed failed => new StepNotes { Reports = failed.Reports },
            ProcessEvent.StepReleased released => new StepNotes { Reports = released.Reports },
            _ => null,
        })
        .FirstOrDefault(static notes => notes is not null);
}
