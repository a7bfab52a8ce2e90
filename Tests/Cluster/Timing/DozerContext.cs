namespace Orleans.Workflows.Cluster.Timing;

/// <summary>What it remembers.</summary>
public sealed class DozerContext
{
    /// <summary>When it woke.</summary>
    public DateTimeOffset? Woke { get; set; }
}
