using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>The outputs.</summary>
public sealed record EmitOutput
{
    /// <summary>A required port with a validator.</summary>
    [Range(1, 10)]
    public required int Total { get; init; }

    /// <summary>A port that may stay empty.</summary>
    public string? Name { get; init; }

    /// <summary>A namespace.</summary>
    public EmitParcel? Parcel { get; init; }

    /// <summary>A dynamic namespace.</summary>
    public IReadOnlyDictionary<string, JsonElement> Extras { get; init; } = new Dictionary<string, JsonElement>();
}
