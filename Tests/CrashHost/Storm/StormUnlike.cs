using Orleans.Workflows.CrashHost.Storm.Processes;

namespace Orleans.Workflows.CrashHost.Storm;

/// <summary>
/// The silos of a storm do not have the same types: each but the first lacks one that the others have.
/// </summary>
internal static class StormUnlike
{
    private static readonly string[] Lacked = [StormTypes.Collect.Name, StormTypes.Alarms.Name, StormTypes.Family.Name];

    /// <summary>What a silo lacks.</summary>
    /// <param name="silo">Its number.</param>
    /// <returns>The name of the type; null for nothing.</returns>
    public static string? LackedBy(int silo) => silo == 0 ? null : Lacked[(silo - 1) % Lacked.Length];

    /// <summary>The options of a silo.</summary>
    /// <param name="silo">Its number.</param>
    /// <returns>The options.</returns>
    public static IEnumerable<string> Options(int silo) => LackedBy(silo) is { } lacked ? [$"Lacks={lacked}"] : [];
}
