namespace Orleans.Workflows.Cluster.Sweeps;

/// <summary>What became of an errand.</summary>
public sealed record ErrandOutput(string Text);
