namespace Orleans.Workflows;

/// <summary>Says whether the engine of a silo can do its work.</summary>
public interface IWorkflowHealth
{
    /// <summary>
    /// What should have moved and has not, as of the last audit: one is made with each sweep of the silo's own
    /// processes.
    /// </summary>
    StuckProcesses Stuck { get; }

    /// <summary>
    /// Why the silo takes no new processes now; null while it does. It is ready nevertheless: signals and controls need
    /// it.
    /// </summary>
    string? WhyNoStarts { get; }

    /// <summary>Finds out why the silo should get no work.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The reason; null when it is ready.</returns>
    Task<string?> WhyNotReadyAsync(CancellationToken cancellationToken);
}
