using Orleans.Configuration;

namespace Orleans.Workflows.Silo.Hosting;

/// <summary>
/// How fast a cluster finds out what has happened to its members. The one place for these numbers;
/// docs/operations/cluster.md adds them up.
/// </summary>
internal static class ClusterTimings
{
    /// <summary>
    /// How long a call between silos may take. Every operation is idempotent and tried again, so a silo that is gone
    /// costs a short wait only.
    /// </summary>
    public static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long the answer to a probe may take, and how long it is from one probe to the next. Longer than a machine
    /// that has too much to do holds an answer up.
    /// </summary>
    public static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How often a silo writes that it lives. A silo that comes new asks no member that has missed
    /// <see cref="MissedWrites"/> of these.
    /// </summary>
    public static readonly TimeSpan IAmAlive = TimeSpan.FromSeconds(4);

    /// <summary>
    /// How often a silo reads the membership, should it have missed its neighbours' word of a change.
    /// </summary>
    public static readonly TimeSpan TableRefresh = TimeSpan.FromSeconds(10);

    /// <summary>How long a silo tries to reach every member before it gives up and ends, to be started again.</summary>
    public static readonly TimeSpan JoinAttempt = TimeSpan.FromMinutes(1);

    /// <summary>How many probes in a row a silo leaves without an answer before it is suspected.</summary>
    public const int MissedProbes = 3;

    /// <summary>How many times a silo may have failed to write that it lives.</summary>
    public const int MissedWrites = 4;

    /// <summary>Sets the timings of the membership.</summary>
    public static void Apply(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = ProbeTimeout;

        // Orleans would learn from quick answers to expect them within half the time, and from slow ones to wait for
        // four times as long.
        membership.MinProbeTimeout = ProbeTimeout;
        membership.MaxProbeTimeout = ProbeTimeout;
        membership.NumMissedProbesLimit = MissedProbes;
        membership.IAmAliveTablePublishTimeout = IAmAlive;
        membership.NumMissedTableIAmAliveLimit = MissedWrites;
        membership.TableRefreshTimeout = TableRefresh;
        membership.MaxJoinAttemptTime = JoinAttempt;

        // Orleans would compare its own clock with the one of a silo that joins: a silo whose clock is ahead would
        // declare each new one dead. One that dies while it joins is found by the probes.
        membership.EvictWhenMaxJoinAttemptTimeExceeded = false;
    }
}
