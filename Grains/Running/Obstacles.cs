using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Running;

/// <summary>
/// What the engine is told when a process cannot go on for a reason that is none of its definition's.
/// </summary>
internal static class Obstacles
{
    /// <summary>What the engine is told when the last entries of the history are gone.</summary>
    public static ProcessEvent Truncated(ProcessRow row) =>
        new ProcessEvent.Faulted(
            IncidentCode.HistoryTruncated,
            $"Its history does not have the entry {row.Version}, its last one: the database was changed by hand, or "
            + "restored in part.",
            "Find out what else is missing, and restore it; then play to go on, or kill.");

    /// <summary>What the engine is told when no silo could run a process for long enough.</summary>
    public static ProcessEvent NotRunnable(string reason) => new ProcessEvent.Faulted(
        IncidentCode.NotRunnable,
        $"No silo can run it: {reason}.",
        "Deploy a silo that has the type and version, then play, or kill.");

    /// <summary>What the engine is told when the store refuses a commit.</summary>
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
        Reports = StepNotes.Of(events)?.Reports ?? [],
    };
}
