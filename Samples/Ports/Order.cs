using System.ComponentModel;
using Orleans.Workflows;

namespace Samples.Ports;

/// <summary>Has the ports of its child in a namespace of its own, and emits outputs on the way.</summary>
[Process("ports/order"), Description("Counts the pieces of an order and ships them.")]
public sealed class Order : WorkChain<OrderInput, OrderOutput, Order.Progress>
{
    /// <summary>What it remembers.</summary>
    public sealed class Progress
    {
        public ChildResult<ShipOutput>? Parcel { get; set; }
    }

    protected override void Expose(ExposeBuilder ports) => ports
        .ExposeInputs<Ship>("ship", exclude: ["label"])
        .ExposeOutputs<Ship>("ship", include: ["trackingNumber"]);

    protected override void Define(OutlineBuilder outline) => outline
        .Step(CountPieces)
        .WaitFor<string>("packed", StartParcel)
        .Step(TakeTrackingNumber);

    private Task CountPieces(StepContext step)
    {
        Emit(output => output.Pieces, Input.Articles.Values.Sum());
        return Task.CompletedTask;
    }

    private Task StartParcel(StepContext step, string label)
    {
        ToContext(
            context => context.Parcel,
            Orders.Ship.Child(ExposedInputs<ShipInput>("ship", with: new { label })) with
            {
                MustSucceed = true,
            });
        return Task.CompletedTask;
    }

    private Task TakeTrackingNumber(StepContext step)
    {
        EmitExposed("ship", Context.Parcel!);
        return Task.CompletedTask;
    }
}
