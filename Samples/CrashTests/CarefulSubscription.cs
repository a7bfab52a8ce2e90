using Orleans.Workflows;

namespace Samples.CrashTests;

/// <summary>
/// Charges with the step's key: the same in each attempt of the step, so a crash behind the charge does no harm.
/// </summary>
[Process("subscriptions/careful")]
public sealed class CarefulSubscription(IPayments payments) : Process<Subscription, SubscriptionEnd>
{
    protected override Task<StepResult> RunAsync(StepContext step) =>
        Task.FromResult(WaitFor<string>("cancel", Cancel, TimeSpan.FromDays(14), Charge));

    private Task<StepResult> Cancel(StepContext step, string reason) =>
        Task.FromResult(Finish(new SubscriptionEnd(Charged: false)));

    private async Task<StepResult> Charge(StepContext step)
    {
        await payments.ChargeAsync(Input.Customer, Input.Price, step.IdempotencyKey, step.CancellationToken);
        return Finish(new SubscriptionEnd(Charged: true));
    }
}
