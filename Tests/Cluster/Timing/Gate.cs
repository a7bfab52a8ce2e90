namespace Orleans.Workflows.Cluster.Timing;

/// <summary>Where a step stands until a test lets it go.</summary>
public sealed class Gate
{
    /// <summary>Completes when a step is there.</summary>
    public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets it go.</summary>
    public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
