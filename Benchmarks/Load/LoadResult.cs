namespace Orleans.Workflows.Benchmarks.Load;

/// <summary>What a client measured.</summary>
/// <param name="Seconds">From the first call to the last process's end.</param>
/// <param name="LatenciesMs">For each process, from the call to what is waited for, in milliseconds.</param>
/// <param name="CpuSeconds">
/// What the client's own program used meanwhile; null when it runs inside the silo's, and cannot be told from it.
/// </param>
internal sealed record LoadResult(double Seconds, double[] LatenciesMs, double? CpuSeconds);
