using Microsoft.Extensions.Logging;
using Orleans.Workflows.Grains.Telemetry;

namespace Orleans.Workflows.Grains.Running;

/// <summary>
/// Finds steps that hold their activation's thread: names them in a warning, once per attempt, and counts them by the
/// instrument <c>orleans.workflows.steps.blocked</c>, by type and step. Tells them to stop when their processes have
/// ended elsewhere, or are to be killed.
/// </summary>
internal sealed partial class BlockedStepWatch(
    ActiveLanes lanes, Decisions decisions, WorkflowInstruments instruments, ILogger<BlockedStepWatch> logger)
{
    /// <summary>How long a step may hold its thread.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = logger;

    /// <summary>
    /// Looks once. A process is only blamed while the thread pool itself answers: else everything would look held.
    /// </summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var suspects = new List<(ProcessId Id, ProcessLane Lane, Task Probe)>();
        foreach (var (id, lane) in lanes.All)
        {
            if (lane.ProbeThread(Limit) is { } probe)
            {
                suspects.Add((id, lane, probe));
            }
        }

        if (suspects.Count == 0)
        {
            return;
        }

        await Task.Delay(Limit, TimeProvider.System, cancellationToken);
        var asked = TimeProvider.System.GetTimestamp();
        await Task.Run(static () => { }, cancellationToken);
        if (TimeProvider.System.GetElapsedTime(asked) > Limit / 2)
        {
            return;
        }

        foreach (var (id, lane, probe) in suspects)
        {
            if (probe.IsCompleted)
            {
                continue;
            }

            if (lane.Blame() is { } step)
            {
                instruments.StepBlocked(step.Type, step.Position);
                LogBlocked(id, step.Type, step.Position, Limit.TotalSeconds);
            }

            // Its activation cannot find out that the process was killed elsewhere, or is to be killed.
            await lane.StopIfMovedAsync(decisions.Owner, cancellationToken);
            await lane.StopIfKilledAsync(cancellationToken);
        }
    }

    [LoggerMessage(
        400034,
        LogLevel.Warning,
        "Process {ProcessId} of type '{Type}': the step '{Position}' has held its thread for more than {Seconds} s. "
        + "Await what it waits for, or mark it [CpuBound] if it computes."
    )]
    private partial void LogBlocked(ProcessId processId, string type, string position, double seconds);
}
