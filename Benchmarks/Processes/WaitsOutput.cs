namespace Orleans.Workflows.Benchmarks.Processes;

/// <summary>The output of <see cref="Waits"/>.</summary>
/// <param name="Got">The signal's payload.</param>
public sealed record WaitsOutput(string Got);
