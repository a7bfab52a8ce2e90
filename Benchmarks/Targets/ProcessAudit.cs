using Orleans.Workflows.Benchmarks.Load;

namespace Orleans.Workflows.Benchmarks.Targets;

/// <summary>Reads the rows of a run.</summary>
/// <param name="processes">Lists them.</param>
internal sealed class ProcessAudit(IProcessClient processes) : IAudit
{
    /// <inheritdoc/>
    public async Task<long?> CommitsAsync(LoadPlan plan, CancellationToken cancellationToken)
    {
        var expected = plan.Kind switch
        {
            LoadKind.RunToEnd or LoadKind.SignalAndEnd => ProcessState.Finished,
            LoadKind.StartOnly => ProcessState.Created,
            LoadKind.StartAndWait => ProcessState.Waiting,
            _ => throw new InvalidOperationException($"Unknown load {plan.Kind}."),
        };
        var rows = await processes
            .ListAsync(new ProcessQuery { IdPrefix = plan.Prefix, PageSize = 1_000 }, cancellationToken)
            .ToListAsync(cancellationToken);
        var right = rows.Count(row => row.State == expected);
        return right == plan.Count && rows.Count == plan.Count
            ? rows.Sum(static row => row.Version)
            : throw new BenchmarkException(
                $"Expected after the run: {plan.Count:N0} processes are {expected}. There are "
                + $"{string.Join(", ", rows.CountBy(static row => row.State).Select(static state => $"{state.Value:N0} {state.Key}"))}."
            );
    }
}
