using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Grains.Running;

/// <summary>Warns of steps that start processes without ids: each attempt of such a step starts another.</summary>
internal sealed partial class StepStartWatch(ILogger<StepStartWatch> logger) : IStartWatch
{
    private readonly ConcurrentDictionary<(string Caller, string Started), bool> _warned = new();
    private readonly ILogger _logger = logger;

    /// <inheritdoc/>
    public void StartsWithoutId(string type)
    {
        if (CurrentProcess.Identity is { } caller && _warned.TryAdd((caller.Type, type), true))
        {
            LogStartWithoutId(caller.ProcessId, caller.Type, caller.Position, type);
        }
    }

    [LoggerMessage(
        400070,
        LogLevel.Warning,
        "Process {ProcessId} of the type {Type} starts a process of the type {Started} in its step {Step} without an "
        + "id: each attempt of the step "
        + "starts another one. Give StartOptions.Id = step.NewId(\"…\"), the same for all attempts. This is said once "
        + "for the two types."
)]
    private partial void LogStartWithoutId(ProcessId processId, string type, string step, string started);
}
