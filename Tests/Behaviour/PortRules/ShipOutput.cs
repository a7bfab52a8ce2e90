namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>What a shipment put out.</summary>
public sealed record ShipOutput
{
    /// <summary>The tickets that its steps saw, and what they saw of the marks.</summary>
    public required IReadOnlyList<string> Seen { get; init; }

    /// <summary>The weight.</summary>
    public int? Weight { get; init; }

    /// <summary>Where to.</summary>
    public string? City { get; init; }
}
