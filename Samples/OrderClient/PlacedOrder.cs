using Orleans.Workflows;
using Samples.OrderContracts;

namespace Samples.OrderClient;

/// <summary>One order, from outside: it is placed, approved if need be, watched, and its result printed.</summary>
public sealed class PlacedOrder(IProcessClient client, ProcessId id)
{
    private const string ApprovalId = "approval-1";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Places the order and follows it to its end. Every call is made again while the cluster is away, and has its
    /// effect once.
    /// </summary>
    /// <param name="input">What is ordered.</param>
    /// <param name="cancellationToken">Ends the watching; the order goes on.</param>
    public async Task FollowAsync(OrderInput input, CancellationToken cancellationToken)
    {
        // An id of our own: whoever asks twice, because an answer was lost, finds the order that is there.
        var order = await client.StartAsync(
            Orders.Fulfil,
            input,
            new StartOptions { Id = id, IfExists = IfExists.UseExisting },
            cancellationToken);
        Print($"placed by {input.Customer}: {string.Join(", ", input.Items)} for {input.Total:0.00}");
        if (input.Total >= 100)
        {
            // It does not wait for the approval yet; the signal is kept until then.
            await order.SignalAsync("approval", new Approval("the order client"), ApprovalId, cancellationToken);
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = WatchAsync(order, ended.Token);
        var result = await order.GetResultAsync(cancellationToken);
        await ended.CancelAsync();
        await watching;
        Print($"done: {result.Receipt}, {string.Join(", ", result.TrackingNumbers)}");
    }

    private async Task WatchAsync(ProcessHandle order, CancellationToken cancellationToken)
    {
        var last = "";
        try
        {
            while (true)
            {
                var status = await order.GetStatusAsync(cancellationToken);
                var now = status.Summary.StatusText ?? $"{status.Summary.State}";
                if (now != last)
                {
                    Print(last = now);
                }

                await Task.Delay(Interval, TimeProvider.System, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The order has ended, or nobody wants to see more of it.
        }
    }

    private void Print(string text) =>
        Console.WriteLine($"{TimeProvider.System.GetLocalNow():HH:mm:ss.fff}  {id}: {text}");
}
