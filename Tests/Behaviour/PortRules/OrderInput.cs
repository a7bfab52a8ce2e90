using System.Text.Json;

namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>Inputs with those of a child: in a dynamic namespace, and as a property.</summary>
public sealed record OrderInput
{
    /// <summary>The ports of the child that are exposed.</summary>
    public IReadOnlyDictionary<string, JsonElement> Ship { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>The child's record.</summary>
    public ShipInput? Whole { get; init; }
}
