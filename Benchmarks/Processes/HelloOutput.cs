namespace Orleans.Workflows.Benchmarks.Processes;

/// <summary>The output of <see cref="Hello"/>.</summary>
/// <param name="Steps">How many steps ran.</param>
public sealed record HelloOutput(int Steps);
