namespace Orleans.Workflows.Cluster.Edge;

/// <summary>A grain of a host's own.</summary>
[GrainType("test.own")]
public sealed class OwnGrain : Grain, IOwnGrain
{
    /// <inheritdoc/>
    public Task<string> EchoAsync(string text) => Task.FromResult(text);
}
