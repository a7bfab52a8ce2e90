namespace Orleans.Workflows.Benchmarks.Processes;

/// <summary>The output of <see cref="Rings"/>.</summary>
/// <param name="Milliseconds">How long it waited.</param>
public sealed record RingsOutput(long Milliseconds);
