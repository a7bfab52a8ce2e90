using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Messaging;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.ClientSdk.Connecting;

/// <summary>
/// Connects the client of a host in the background, and again after a loss, in the place of Orleans' own hosted
/// service, whose start lasts until a silo answers: a web service listens at once, and says by its health what is
/// missing. Orleans' client is made with this, so that faults of its configuration end the host's start.
/// </summary>
internal sealed partial class ClusterConnector(
    IClusterClient client,
    IGatewayListProvider gateways,
    ClusterAddress address,
    ConnectionState state,
    ClusterAwaited awaited,
    ILogger<ClusterConnector> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan LongestTry = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = logger;
    private readonly IHostedService _client = (IHostedService)client;
    private readonly CancellationTokenSource _stopping = new();
    private Task _connecting = Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _connecting = Task.Run(ConnectAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        // An attempt that does not end in time, for a database that swallows what it is sent, is left to itself.
        await _connecting.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (state.IsConnected)
        {
            await _client.StopAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A host whose start has failed is disposed without having been stopped.
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task ConnectAsync()
    {
        try
        {
            await _client.StartAsync(_stopping.Token).ConfigureAwait(false);
            state.Connect();
            awaited.End();
            await foreach (var _ in state.Losses.ReadAllAsync(_stopping.Token).ConfigureAwait(false))
            {
                await ConnectAgainAsync().ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException || _stopping.IsCancellationRequested)
        {
            // A host whose start has failed takes its services away without having been stopped.
            state.GiveUp("the host stops", cause: null);
        }
        catch (Exception e)
        {
            // Nobody awaits this: whatever it is, calls and health tell it.
            state.GiveUp($"{address}: {e.GetBaseException().Message}", e);
            LogGivenUp(e, address);
        }
    }

    /// <summary>
    /// Makes calls until one finds a gateway: Orleans connects for a call only, so a service that none comes to for as
    /// long as it is not ready would never be ready again.
    /// </summary>
    private async Task ConnectAgainAsync()
    {
        while (!state.HasGateways)
        {
            // Where the list cannot be had, the reason is there; gateways that were known before may live all the same.
            var unlisted = await FaultOfAsync(gateways.GetGateways, "no list of gateways").ConfigureAwait(false);
            var gateway = client.GetGrain<IProcessGatewayGrain>(0);
            var unanswered = await FaultOfAsync(gateway.ListTypesAsync, "no answer of a gateway").ConfigureAwait(false);
            if (unanswered is null)
            {
                // What the counts say may have come out of order; an answer is one.
                state.Connect();
            }
            else
            {
                await awaited
                    .ShouldRetryConnectionAttempt(unlisted ?? unanswered, _stopping.Token)
                    .ConfigureAwait(false);
            }
        }

        awaited.End();
    }

    private async Task<Exception?> FaultOfAsync(Func<Task> attempt, string silence)
    {
        try
        {
            await attempt().WaitAsync(LongestTry, _stopping.Token).ConfigureAwait(false);
            return null;
        }
        catch (TimeoutException)
        {
            return new TimeoutException($"{silence} within {LongestTry.TotalSeconds} s");
        }
        catch (Exception e) when (!_stopping.IsCancellationRequested)
        {
            // Whatever it is, the next try finds out whether it is over.
            return e;
        }
    }

    [LoggerMessage(
        400057,
        LogLevel.Error,
        "The client cannot connect to its cluster, {Address}, and tries no more: calls fail."
    )]
    private partial void LogGivenUp(Exception exception, ClusterAddress address);
}
