namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>What a shipment remembers.</summary>
public sealed class ShipContext
{
    /// <summary>What its steps saw.</summary>
    public IList<string> Seen { get; init; } = [];
}
