namespace Samples.OrderFulfilment;

/// <summary>A payment service that is down for the first two attempts.</summary>
public sealed class Payments
{
    private readonly TimeSpan _latency = TimeSpan.FromMilliseconds(100);

    public async Task<string> ChargeAsync(
        string idempotencyKey,
        decimal amount,
        int attempt,
        CancellationToken cancellationToken)
    {
        await Task.Delay(_latency, TimeProvider.System, cancellationToken);
        return attempt < 3
            ? throw new HttpRequestException("the payment service answers 503")
            : $"RECEIPT-{amount:0.00}";
    }
}
