using System.Text.Json;

namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>Outputs with those of a child.</summary>
public sealed record OrderOutput
{
    /// <summary>The outputs of the child that are exposed.</summary>
    public IReadOnlyDictionary<string, JsonElement> Shipped { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>What it remembers of the whole child.</summary>
    public string? WholeCity { get; init; }
}
