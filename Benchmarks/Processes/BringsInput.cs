namespace Orleans.Workflows.Benchmarks.Processes;

/// <summary>The input of <see cref="Brings"/>.</summary>
/// <param name="Children">How many children.</param>
public sealed record BringsInput(int Children);
