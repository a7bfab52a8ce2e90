namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>A namespace of outputs.</summary>
public sealed record EmitParcel
{
    /// <summary>A port below.</summary>
    public int? Weight { get; init; }

    /// <summary>Another.</summary>
    public string? Note { get; init; }
}
