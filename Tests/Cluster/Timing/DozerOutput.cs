namespace Orleans.Workflows.Cluster.Timing;

/// <summary>When it woke.</summary>
/// <param name="Woke">The time.</param>
public sealed record DozerOutput(DateTimeOffset? Woke);
