namespace Orleans.Workflows.Cluster.Timing;

/// <summary>Until when it dozes.</summary>
/// <param name="Until">clock, timeout, short, work, compute, gate, signal.</param>
public sealed record DozerInput(string Until);
