using Microsoft.Extensions.Logging;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Telemetry;

namespace Orleans.Workflows.Grains.Running;

/// <summary>Says what somebody has to know of processes: attempts that failed, incidents, ends by an error, crashes that were taken over.</summary>
/// <remarks>A category of its own, by which a host can filter; from the factory, since what the code of users throws is passed on in any case.</remarks>
internal sealed partial class ProcessLog(ILoggerFactory loggers)
{
    /// <summary>The category.</summary>
    public const string Category = "Orleans.Workflows.Processes";

    private readonly ILogger _logger = new UserCodeLogger(loggers.CreateLogger(Category));

    /// <summary>Says that an attempt has failed.</summary>
    /// <param name="state">The process, as it was committed last.</param>
    /// <param name="failure">The error.</param>
    /// <param name="retryAfter">How long it is until the next attempt; null when there is none.</param>
    public void AttemptFailed(EngineState state, Exception failure, TimeSpan? retryAfter)
    {
        var checkpoint = state.Checkpoint;
        if (retryAfter is { } delay)
        {
            LogRetried(state.Row.Id, state.Row.Type, checkpoint.Position, checkpoint.Attempt, delay, failure);
        }
        else
        {
            LogFailed(state.Row.Id, state.Row.Type, checkpoint.Position, checkpoint.Attempt, failure);
        }
    }

    /// <summary>Says what a commit has made of a process. Costs a look at what the commit wrote into the history.</summary>
    /// <param name="before">The process as it was committed before; null for a new one.</param>
    /// <param name="commit">The commit, which is durable.</param>
    /// <param name="next">The process as it is now.</param>
    /// <returns>Whether an incident was opened.</returns>
    public bool Committed(EngineState? before, ProcessCommit commit, EngineState next)
    {
        var hasIncident = false;

        // By its place: an enumerator would be an allocation for each commit.
        for (var at = 0; at < commit.History.Count; at++)
        {
            switch (commit.History[at].Kind)
            {
                case HistoryKind.Resumed when next.Checkpoint.Crashes > before?.Checkpoint.Crashes:
                    LogCrash(next.Row.Id, next.Row.Type, before.Row.Owner, next.Checkpoint.Position, next.Checkpoint.Crashes, next.Checkpoint.Attempt);
                    break;
                case HistoryKind.IncidentOpened:
                    hasIncident = true;
                    Incident(commit.Row, next.Checkpoint);
                    break;
                case HistoryKind.Excepted:
                    // The checkpoint still says where.
                    LogExcepted(next.Row.Id, next.Row.Type, next.Checkpoint.Position, next.Checkpoint.Attempt, Ending.Read(commit.Row.Failure).Failure?.ToString());
                    break;
                default:
                    break;
            }
        }

        return hasIncident;
    }

    /// <summary>Says that an incident was opened by the row alone.</summary>
    /// <param name="row">The row.</param>
    public void SetAside(ProcessRow row) => Incident(row, Loading.Shown(row));

    private void Incident(ProcessRow row, Checkpoint checkpoint)
    {
        if (checkpoint.Incident is { } incident)
        {
            LogIncident(row.Id, row.Type, incident.Code, checkpoint.Position, incident.Attempts, incident.Text, incident.Remedy);
        }
    }

    [LoggerMessage(400010, LogLevel.Warning, "Process {ProcessId} of type '{Type}': attempt {Attempt} of the step '{Step}' failed; the next one is in {Delay}.")]
    private partial void LogRetried(ProcessId processId, string type, string step, int attempt, TimeSpan delay, Exception exception);

    [LoggerMessage(400011, LogLevel.Warning, "Process {ProcessId} of type '{Type}': attempt {Attempt} of the step '{Step}' failed, the last one.")]
    private partial void LogFailed(ProcessId processId, string type, string step, int attempt, Exception exception);

    [LoggerMessage(400012, LogLevel.Error, "Process {ProcessId} of type '{Type}' has an incident, {Code}, at the step '{Step}' after {Attempts} attempts: {Text} {Remedy}")]
    private partial void LogIncident(ProcessId processId, string type, IncidentCode code, string step, int attempts, string text, string remedy);

    [LoggerMessage(400013, LogLevel.Error, "Process {ProcessId} of type '{Type}' is Excepted at the step '{Step}' after {Attempts} attempts: {Failure}")]
    private partial void LogExcepted(ProcessId processId, string type, string step, int attempts, string? failure);

    [LoggerMessage(
        400014,
        LogLevel.Warning,
        "Process {ProcessId} of type '{Type}': its host {Owner} has died or was cut off while the step '{Step}' was running, {Crashes} times by now; "
        + "attempt {Attempt} begins here.")]
    private partial void LogCrash(ProcessId processId, string type, string? owner, string step, int crashes, int attempt);
}
