namespace Orleans.Workflows.Cluster.Edge;

/// <summary>A grain of a host's own, which its clients may call.</summary>
[Alias("test.IOwnGrain")]
public interface IOwnGrain : IGrainWithIntegerKey
{
    /// <summary>Echoes.</summary>
    /// <param name="text">What.</param>
    /// <returns>The same.</returns>
    [Alias("Echo")]
    Task<string> EchoAsync(string text);
}
