namespace Orleans.Workflows.Behaviour.Threads;

/// <summary>What a process computes.</summary>
/// <param name="Batch">Those that compute together.</param>
/// <param name="Does">How: compute, block or await.</param>
public sealed record ComputeInput(string Batch, string Does = "compute");
