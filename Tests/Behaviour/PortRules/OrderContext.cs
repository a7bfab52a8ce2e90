namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>What an order remembers.</summary>
public sealed class OrderContext
{
    /// <summary>The child of the exposed ports.</summary>
    public ChildResult<ShipOutput>? Exposed { get; set; }

    /// <summary>The child of the record.</summary>
    public ChildResult<ShipOutput>? Whole { get; set; }
}
