namespace Samples.CrashTests;

/// <summary>The payment service. It carries out one charge per key, however often it is asked.</summary>
public interface IPayments
{
    Task ChargeAsync(string customer, decimal amount, string key, CancellationToken cancellationToken);
}
