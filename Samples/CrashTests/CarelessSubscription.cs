using Orleans.Workflows;

namespace Samples.CrashTests;

/// <summary>
/// Makes a new key each time it runs: if the host dies between the charge and the step's commit, the customer pays
/// twice.
/// </summary>
[Process("subscriptions/careless")]
public sealed class CarelessSubscription(IPayments payments) : Process<Subscription, SubscriptionEnd>
{
    protected override Task<StepResult> RunAsync(StepContext step) =>
        Task.FromResult(WaitFor<string>("cancel", Cancel, TimeSpan.FromDays(14), Charge));

    private Task<StepResult> Cancel(StepContext step, string reason) =>
        Task.FromResult(Finish(new SubscriptionEnd(Charged: false)));

    private async Task<StepResult> Charge(StepContext step)
    {
        await payments.ChargeAsync(Input.Customer, Input.Price, $"{Guid.CreateVersion7()}", step.CancellationToken);
        return Finish(new SubscriptionEnd(Charged: true));
    }
}
