namespace Orleans.Workflows.Benchmarks.Load;

/// <summary>Where the client runs.</summary>
internal interface ILoadDriver : IAsyncDisposable
{
    /// <summary>The place, as reports name it.</summary>
    ClientPlace Place { get; }

    /// <summary>Carries out a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="progress">Is told how many processes are done, about once per second.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was measured.</returns>
    Task<LoadResult> RunAsync(LoadPlan plan, Action<int> progress, CancellationToken cancellationToken);
}
