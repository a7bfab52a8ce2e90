using Microsoft.Extensions.Logging;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Telemetry;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Grains.Running;

/// <summary>
/// Says what somebody has to know of processes: attempts that failed, incidents, ends by an error, crashes that were
/// taken over.
/// </summary>
/// <remarks>
/// A category of its own, by which a host can filter. What the code of users throws is passed on in any case.
/// </remarks>
internal sealed partial class ProcessLog(ILoggerFactory loggers)
{
    /// <summary>The category.</summary>
    public const string Category = UserCodeLogger.Processes;

    private readonly ILogger _logger = new UserCodeLogger(loggers.CreateLogger(Category));
    private readonly ILogger _lanes = loggers.CreateLogger<ProcessLane>();

    /// <summary>Says that an attempt has failed.</summary>
    /// <param name="state">The process, as it was committed last.</param>
    /// <param name="failure">The error.</param>
    /// <param name="retryAfter">How long it is until the next attempt; null when there is none.</param>
    public void AttemptFailed(EngineState state, Exception failure, TimeSpan? retryAfter)
    {
        var checkpoint = state.Checkpoint;
        if (retryAfter is { } delay)
        {
            LogRetried(_logger, state.Row.Id, state.Row.Type, checkpoint.Position, checkpoint.Attempt, delay, failure);
        }
        else
        {
            LogFailed(_logger, state.Row.Id, state.Row.Type, checkpoint.Position, checkpoint.Attempt, failure);
        }
    }

    /// <summary>
    /// Says what a commit has made of a process. Costs a look at what the commit wrote into the history.
    /// </summary>
    /// <param name="before">The process as it was committed before; null for a new one.</param>
    /// <param name="commit">The commit, which is durable.</param>
    /// <param name="next">The process as it is now.</param>
    public bool Committed(EngineState? before, ProcessCommit commit, EngineState next)
    {
        var hasIncident = false;

        // By its place: an enumerator would be an allocation for each commit.
        for (var at = 0; at < commit.History.Count; at++)
        {
            switch (commit.History[at].Kind)
            {
                case HistoryKind.Resumed when next.Checkpoint.Crashes > before?.Checkpoint.Crashes:
                    LogCrash(
                        _logger,
                        next.Row.Id,
                        next.Row.Type,
                        before.Row.Owner,
                        next.Checkpoint.Position,
                        next.Checkpoint.Crashes,
                        next.Checkpoint.Attempt);
                    break;
                case HistoryKind.IncidentOpened:
                    hasIncident = true;
                    Incident(commit.Row, next.Checkpoint);
                    break;
                case HistoryKind.Excepted:
                    // The checkpoint still says where.
                    LogExcepted(
                        _logger,
                        next.Row.Id,
                        next.Row.Type,
                        next.Checkpoint.Position,
                        next.Checkpoint.Attempt,
                        UnseenCharacters.Shown(Ending.Read(commit.Row.Failure).Failure?.ToString()));
                    break;
                default:
                    break;
            }
        }

        return hasIncident;
    }

    /// <summary>Says that another activation was first.</summary>
    public void Moved(ProcessId id, long version) => LogMoved(_lanes, id, version);

    /// <summary>Says that a process cannot run here.</summary>
    public void NotRunnable(ProcessRow row, string reason) => LogNotRunnable(_lanes, row.Id, row.Type, reason);

    /// <summary>Says that the store refuses a commit.</summary>
    public void Refused(ProcessId id, CommitResult result) => LogRefused(_lanes, id, result.Status, result.Reason);

    /// <summary>Says that a lane failed for a reason that the engine does not asked.</summary>
    public void LaneFailed(ProcessId id, Exception exception) => LogLaneFailed(_lanes, id, exception);

    /// <summary>Says that a step was told to stop and goes on.</summary>
    public void GivenUp(ProcessId id, string position) => LogGivenUp(_lanes, id, position);

    private void Incident(ProcessRow row, Checkpoint checkpoint)
    {
        if (checkpoint.Incident is { } incident)
        {
            LogIncident(
                _logger,
                row.Id,
                row.Type,
                incident.Code,
                checkpoint.Position,
                incident.Attempts,
                UnseenCharacters.Shown(incident.Text),
                UnseenCharacters.Shown(incident.Remedy));
        }
    }

    [LoggerMessage(
        400010,
        LogLevel.Warning,
        "Process {ProcessId} of type '{Type}': attempt {Attempt} of the step '{Step}' failed; the next one is in "
        + "{Delay}."
    )]
    private static partial void LogRetried(
        ILogger logger,
        ProcessId processId,
        string type,
        string step,
        int attempt,
        TimeSpan delay,
        Exception exception);

    [LoggerMessage(
        400011,
        LogLevel.Warning,
        "Process {ProcessId} of type '{Type}': attempt {Attempt} of the step '{Step}' failed, the last one."
    )]
    private static partial void LogFailed(
        ILogger logger,
        ProcessId processId,
        string type,
        string step,
        int attempt,
        Exception exception);

    [LoggerMessage(
        400012,
        LogLevel.Error,
        "Process {ProcessId} of type '{Type}' has an incident, {Code}, at the step '{Step}' after {Attempts} attempts: "
        + "{Text} {Remedy}"
    )]
    private static partial void LogIncident(
        ILogger logger,
        ProcessId processId,
        string type,
        IncidentCode code,
        string step,
        int attempts,
        string text,
        string remedy);

    [LoggerMessage(
        400013,
        LogLevel.Error,
        "Process {ProcessId} of type '{Type}' is Excepted at the step '{Step}' after {Attempts} attempts: {Failure}"
    )]
    private static partial void LogExcepted(
        ILogger logger,
        ProcessId processId,
        string type,
        string step,
        int attempts,
        string? failure);

    [LoggerMessage(
        400014,
        LogLevel.Warning,
        "Process {ProcessId} of type '{Type}': its host {Owner} has died or was cut off while the step '{Step}' was "
        + "running, {Crashes} times by now; "
        + "attempt {Attempt} begins here."
)]
    private static partial void LogCrash(
    ILogger logger,
    ProcessId processId,
    string type,
    string? owner,
    string step,
    int crashes,
    int attempt);

    [LoggerMessage(
        400002,
        LogLevel.Debug,
        "Process {ProcessId}: another activation has written version {Version}; this one gives way."
    )]
    private static partial void LogMoved(ILogger logger, ProcessId processId, long version);

    [LoggerMessage(400003, LogLevel.Debug, "Process {ProcessId} of type '{Type}' cannot run on this silo: {Reason}.")]
    private static partial void LogNotRunnable(ILogger logger, ProcessId processId, string type, string reason);

    [LoggerMessage(400004, LogLevel.Error, "Process {ProcessId}: the store refused a commit ({Status}: {Reason}).")]
    private static partial void LogRefused(ILogger logger, ProcessId processId, CommitStatus status, string? reason);

    [LoggerMessage(
        400005,
        LogLevel.Error,
        "Process {ProcessId}: its lane failed; the activation ends and the process is picked up again."
    )]
    private static partial void LogLaneFailed(ILogger logger, ProcessId processId, Exception exception);

    [LoggerMessage(
        400006,
        LogLevel.Warning,
        "Process {ProcessId}: the step '{Position}' is given up: it goes on although it was told to stop."
    )]
    private static partial void LogGivenUp(ILogger logger, ProcessId processId, string position);
}
