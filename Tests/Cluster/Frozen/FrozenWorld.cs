namespace Orleans.Workflows.Cluster.Frozen;

/// <summary>
/// Where steps run: in the silo that wrote the frozen databases, which was killed, or in one that goes on with them.
/// </summary>
public sealed record FrozenWorld(bool IsOld);
