using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Orleans.Workflows.Unit.Ports;

/// <summary>Ports of every kind.</summary>
internal sealed record Shipment
{
    [StringLength(8)]
    public required string To { get; init; }

    [Range(1, 9)]
    public int Weight { get; init; } = 1;

    public Place? From { get; init; }

    public List<Crate> Items { get; init; } = [];

    public Dictionary<string, Crate> Parcels { get; init; } = [];

    [Description("How fast it is.")]
    public Pace Speed { get; init; }

    public JsonElement? Extra { get; init; }

    public Guid Key { get; init; } = Guid.NewGuid();

    public Shipment? Next { get; init; }

    /// <summary>How fast.</summary>
    internal enum Pace
    {
        Slow,
        Fast,
    }

    /// <summary>A namespace that checks itself.</summary>
    internal sealed record Place([property: Required] string City, int Zip = 0) : IValidatableObject
    {
        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
            City == "Atlantis" ? [new ValidationResult("It has sunk.", [nameof(City)])] : [];
    }

    /// <summary>An item.</summary>
    internal sealed record Crate([Range(1, 9)] int Weight, string? Note = null);
}
