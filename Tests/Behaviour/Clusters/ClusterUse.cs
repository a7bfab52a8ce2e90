namespace Orleans.Workflows.Behaviour.Clusters;

/// <summary>What tests do to a cluster: those that do the same share one.</summary>
public enum ClusterUse
{
    /// <summary>Nothing that others would notice. Steps and hooks have half a second of grace.</summary>
    Shared = 0,

    /// <summary>The same, but the grace period is so long that nothing ends by it.</summary>
    Patient = 1,

    /// <summary>
    /// Its silo is replaced: for one test at a time. So the suites of a store are one collection.
    /// </summary>
    Restarted = 2,
}
