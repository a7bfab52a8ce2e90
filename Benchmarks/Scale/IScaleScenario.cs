using Orleans.Workflows.Benchmarks.Targets;

namespace Orleans.Workflows.Benchmarks.Scale;

/// <summary>A scenario of scale: a silo of its own on PostgreSQL, one run.</summary>
internal interface IScaleScenario
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>Runs it.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="database">The database, which other scenarios may have used before.</param>
    /// <param name="findings">Takes what is found.</param>
    /// <param name="errors">Gets the progress.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Completes when it is measured.</returns>
    /// <exception cref="BenchmarkException">It could not be measured.</exception>
    Task RunAsync(
        ScaleOptions options,
        Database database,
        Findings findings,
        TextWriter errors,
        CancellationToken cancellationToken);
}
