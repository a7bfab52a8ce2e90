namespace Orleans.Workflows.Behaviour.Threads;

/// <summary>Where it computed.</summary>
/// <param name="Threads">The names of the threads, in order.</param>
/// <param name="Sum">What it computed.</param>
public sealed record ComputeOutput(IReadOnlyList<string?> Threads, int Sum);
