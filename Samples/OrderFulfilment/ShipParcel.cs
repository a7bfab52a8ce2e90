using Orleans.Workflows;
using Samples.OrderContracts;

namespace Samples.OrderFulfilment;

/// <summary>Hands one parcel to the carrier.</summary>
[Process("orders/ship-parcel")]
public sealed class ShipParcel : Process<ParcelInput, ParcelOutput>
{
    protected override async Task<StepResult> RunAsync(StepContext step)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(300), step.TimeProvider, step.CancellationToken);
        return Finish(new ParcelOutput($"TRACK-{Input.Item.ToUpperInvariant()}"));
    }
}
