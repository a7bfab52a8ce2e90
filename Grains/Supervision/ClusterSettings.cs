namespace Orleans.Workflows;

/// <summary>What operators set for the whole cluster while it runs.</summary>
[GenerateSerializer, Immutable, Alias("owf.ClusterSettings")]
public sealed record ClusterSettings
{
    /// <summary>
    /// Whether no step begins anywhere. Steps that run go on to their end; starts, signals and controls are taken.
    /// </summary>
    [Id(0)]
    public bool EnginePaused { get; init; }

    /// <summary>How many processes a supervisor wakes per second at most; null for the silo's option.</summary>
    [Id(1)]
    public int? WakesPerSecond { get; init; }
}
