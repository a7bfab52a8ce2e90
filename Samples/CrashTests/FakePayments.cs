using Orleans.Workflows.Testing;

namespace Samples.CrashTests;

/// <summary>Writes down what the payment service would do.</summary>
public sealed class FakePayments(EffectLedger effects) : IPayments
{
    public Task ChargeAsync(string customer, decimal amount, string key, CancellationToken cancellationToken)
    {
        effects.Record($"{customer} pays {amount}", key);
        return Task.CompletedTask;
    }
}
