namespace Orleans.Workflows.CrashHost.Storm;

/// <summary>
/// The timings of the storm's cluster: shorter than those of production (docs/operations/cluster.md), so that more
/// happens in a minute.
/// </summary>
internal static class StormTimings
{
    /// <summary>Options of the silo's host.</summary>
    public static IReadOnlyList<string> Membership { get; } =
    [
        "Membership:ProbeTimeout=00:00:01",
        "Membership:MinProbeTimeout=00:00:01",
        "Membership:MaxProbeTimeout=00:00:01",
        "Membership:NumMissedProbesLimit=3",
        "Membership:TableRefreshTimeout=00:00:02",
        "Membership:IAmAliveTablePublishTimeout=00:00:02",
        "Membership:NumMissedTableIAmAliveLimit=3",
        "Membership:MaxJoinAttemptTime=00:00:30",
    ];
}
