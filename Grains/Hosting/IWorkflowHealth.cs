namespace Orleans.Workflows.Grains;

/// <summary>Says whether the engine of a silo can do its work.</summary>
public interface IWorkflowHealth
{
    /// <summary>Finds out why the silo should get no work.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The reason; null when it is ready.</returns>
    Task<string?> WhyNotReadyAsync(CancellationToken cancellationToken);
}
