using Microsoft.Extensions.Logging;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Running;

internal sealed partial class ProcessLane
{
    [LoggerMessage(400002, LogLevel.Debug, "Process {ProcessId}: another activation has written version {Version}; this one gives way.")]
    private partial void LogMoved(ProcessId processId, long version);

    [LoggerMessage(400003, LogLevel.Debug, "Process {ProcessId} of type '{Type}' cannot run on this silo: {Reason}.")]
    private partial void LogNotRunnable(ProcessId processId, string type, string reason);

    [LoggerMessage(400004, LogLevel.Error, "Process {ProcessId}: the store refused a commit ({Status}: {Reason}).")]
    private partial void LogRefused(ProcessId processId, CommitStatus status, string? reason);

    [LoggerMessage(400005, LogLevel.Error, "Process {ProcessId}: its lane failed; the activation ends and the process is picked up again.")]
    private partial void LogFailed(ProcessId processId, Exception exception);

    [LoggerMessage(400006, LogLevel.Warning, "Process {ProcessId}: the step '{Position}' is given up: it goes on although it was told to stop.")]
    private partial void LogAbandoned(ProcessId processId, string position);
}
