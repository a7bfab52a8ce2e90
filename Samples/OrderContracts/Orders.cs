using System.ComponentModel.DataAnnotations;
using Orleans.Workflows;

namespace Samples.OrderContracts;

/// <summary>What the services that start orders and the silo that runs them share.</summary>
public static class Orders
{
    public static readonly ProcessType<OrderInput, OrderOutput> Fulfil = new("orders/fulfil");
    public static readonly ProcessType<ParcelInput, ParcelOutput> Ship = new("orders/ship-parcel");
}

public sealed record OrderInput(
    [property: Required] string Customer,
    [property: Range(0.01, 1_000_000)] decimal Total,
    [property: MinLength(1)] string[] Items);

public sealed record OrderOutput(string Receipt, IReadOnlyList<string> TrackingNumbers);

public sealed record ParcelInput(string Item);

public sealed record ParcelOutput(string TrackingNumber);

public sealed record Approval(string By);
