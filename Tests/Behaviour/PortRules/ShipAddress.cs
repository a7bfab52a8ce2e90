using System.ComponentModel.DataAnnotations;

namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>A namespace of inputs.</summary>
public sealed record ShipAddress
{
    /// <summary>A required port below.</summary>
    [Required, StringLength(20)]
    public required string City { get; init; }

    /// <summary>A port below.</summary>
    public string? Street { get; init; }
}
