using Orleans.Workflows;
using Samples.OrderContracts;

namespace Samples.OrderFulfilment;

/// <summary>Packs an order, has a large one approved, charges it, and ships its parcels in parallel.</summary>
[Process("orders/fulfil")]
public sealed class FulfilOrder(Payments payments) : WorkChain<OrderInput, OrderOutput, FulfilOrder.Progress>
{
    public sealed record Progress
    {
        public int Packed { get; set; }

        public string? Receipt { get; set; }

        public List<string> TrackingNumbers { get; set; } = [];
    }

    protected override void Define(OutlineBuilder outline) => outline
        .While(MoreToPack, body => body.Step(PackOne))
        .If(NeedsApproval, then => then.WaitFor<Approval>("approval", Approved, TimeSpan.FromDays(2), NotApproved))
        .Step(Charge, retry: RetryPolicy.Exponential(maxAttempts: 5, firstDelay: TimeSpan.FromMilliseconds(200)))
        .Children(Parcels, Shipped);

    protected override OrderOutput CreateOutput() => new(Context.Receipt!, Context.TrackingNumbers);

    private bool MoreToPack() => Context.Packed < Input.Items.Length;

    private bool NeedsApproval() => Input.Total >= 100;

    private async Task PackOne(StepContext step)
    {
        step.SetStatus($"packing {Input.Items[Context.Packed]}");
        await Task.Delay(TimeSpan.FromMilliseconds(500), step.TimeProvider, step.CancellationToken);
        Context.Packed++;
    }

    private Task Approved(StepContext step, Approval approval)
    {
        step.SetStatus($"approved by {approval.By}");
        return Task.CompletedTask;
    }

    private Task NotApproved(StepContext step) =>
        throw new InvalidOperationException("Nobody approved the order within two days.");

    private async Task Charge(StepContext step)
    {
        // The same key on every attempt: the payment service charges once, however often it is asked.
        Context.Receipt = await payments.ChargeAsync(
            step.IdempotencyKey,
            Input.Total,
            step.Attempt,
            step.CancellationToken);
        step.SetStatus("charged");
    }

    private IEnumerable<ChildStart<ParcelOutput>> Parcels() =>
        Input.Items.Select(item => Orders.Ship.Child(new ParcelInput(item)));

    private Task Shipped(StepContext step, IReadOnlyList<ChildResult<ParcelOutput>> parcels)
    {
        Context.TrackingNumbers.AddRange(parcels.Select(parcel => parcel.Output.TrackingNumber));
        step.SetStatus("shipped");
        return Task.CompletedTask;
    }
}
