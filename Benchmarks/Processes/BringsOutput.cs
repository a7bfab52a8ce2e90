namespace Orleans.Workflows.Benchmarks.Processes;

/// <summary>The output of <see cref="Brings"/>.</summary>
/// <param name="Steps">How many steps the children had.</param>
public sealed record BringsOutput(int Steps);
