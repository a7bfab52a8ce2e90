namespace Orleans.Workflows.Benchmarks.Load;

/// <summary>Does to one process at a time what a plan says.</summary>
internal interface ILoadClient
{
    /// <summary>Does what the plan says with one process.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="id">The process.</param>
    /// <param name="cancellationToken">Ends it when the deadline is over.</param>
    /// <returns>Completes when that which is waited for has happened.</returns>
    Task DoAsync(LoadPlan plan, string id, CancellationToken cancellationToken);

    /// <summary>Waits until the plan is fulfilled as a whole.</summary>
    /// <param name="plan">The plan, with all its processes done.</param>
    /// <param name="cancellationToken">Ends it when the deadline is over.</param>
    /// <returns>Completes when it is.</returns>
    Task SettleAsync(LoadPlan plan, CancellationToken cancellationToken);
}
