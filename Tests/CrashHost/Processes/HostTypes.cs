using System.Reflection;
using Orleans.Workflows.CrashHost.Storm.Processes;

namespace Orleans.Workflows.CrashHost.Processes;

/// <summary>The process types that a silo has.</summary>
internal static class HostTypes
{
    private static readonly Type[] All =
    [
        typeof(Steps), typeof(Bomb), typeof(Innocent), typeof(Waits), typeof(Spin),
        typeof(Collect), typeof(Alarms), typeof(Flaky), typeof(Family), typeof(Doomed),
    ];

    /// <summary>Adds them.</summary>
    /// <param name="processes">The silo's types.</param>
    /// <param name="lacks">The names of those that it does not have, with commas between them; null for none.</param>
    public static void Add(WorkflowsBuilder processes, string? lacks)
    {
        var lacking = (lacks ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        foreach (var type in All.Where(type => !lacking.Contains(type.GetCustomAttribute<ProcessAttribute>()!.Name)))
        {
            processes.AddProcess(type);
        }
    }
}
