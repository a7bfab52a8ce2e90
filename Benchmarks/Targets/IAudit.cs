using Orleans.Workflows.Benchmarks.Load;

namespace Orleans.Workflows.Benchmarks.Targets;

/// <summary>Checks what a run left behind.</summary>
internal interface IAudit
{
    /// <summary>
    /// Checks that every process is where the plan leaves it, and counts how often their rows were committed.
    /// </summary>
    /// <param name="plan">The plan, carried out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The sum of the rows' versions; null when there are no rows to ask.</returns>
    /// <exception cref="BenchmarkException">A process is not where it should be.</exception>
    Task<long?> CommitsAsync(LoadPlan plan, CancellationToken cancellationToken);
}
