using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Orleans.Workflows;

namespace Samples.Ports;

/// <summary>The contracts.</summary>
public static class Orders
{
    public static readonly ProcessType<OrderInput, OrderOutput> Order = new("ports/order");
    public static readonly ProcessType<ShipInput, ShipOutput> Ship = new("ports/ship");
}

public sealed record Address(
    [StringLength(50), Description("The street with its number.")] string Street,
    string Country = "CH");

public sealed record ShipInput(
    Address Address,
    [Range(0.1, 30), Description("The weight in kilograms.")] double Weight = 1,
    string Label = "");

public sealed record ShipOutput(string TrackingNumber, int CounterReading);

public sealed record OrderInput(
    [MinLength(1), Description("How many of each article: names that the caller chooses.")]
        IReadOnlyDictionary<string, int> Articles)
{
    [StringLength(100), Description("Who has ordered.")]
    public required string Customer { get; init; }

    // Made anew for each order, and stored with it.
    public Guid Number { get; init; } = Guid.CreateVersion7();

    // The place for the ports of the child.
    public Dictionary<string, JsonElement> Ship { get; init; } = [];
}

public sealed record OrderOutput
{
    public int? Pieces { get; init; }

    public Dictionary<string, JsonElement> Ship { get; init; } = [];
}
