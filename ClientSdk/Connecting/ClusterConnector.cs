using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Orleans.Workflows.ClientSdk.Connecting;

/// <summary>
/// Connects the client of a host in the background, in the place of Orleans' own hosted service, whose start lasts until a silo answers:
/// a web service listens at once, and says by its health what is missing.
/// Orleans' client is made with this, so that faults of its configuration end the host's start.
/// </summary>
internal sealed partial class ClusterConnector(
    IClusterClient client,
    ClusterAddress address,
    ConnectionState state,
    ILogger<ClusterConnector> logger) : IHostedService, IDisposable
{
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
            LogConnected(address);
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

    [LoggerMessage(400056, LogLevel.Information, "The client is connected to its cluster, {Address}.")]
    private partial void LogConnected(ClusterAddress address);

    [LoggerMessage(400057, LogLevel.Error, "The client cannot connect to its cluster, {Address}, and tries no more: calls fail.")]
    private partial void LogGivenUp(Exception exception, ClusterAddress address);
}
