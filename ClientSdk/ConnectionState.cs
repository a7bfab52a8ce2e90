using System.Threading.Channels;

namespace Orleans.Workflows.ClientSdk;

/// <summary>
/// Whether the client of a host has reached its cluster, and what is missing if not: what calls wait for, and what
/// health tells.
/// </summary>
internal sealed class ConnectionState
{
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _missing = "it has not begun to connect";
    private readonly Channel<bool> _losses = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private volatile bool _hasGateways;

    /// <summary>
    /// Completes with the first connection; fails when there will be none. Later losses are the calls' own trouble:
    /// they are made again.
    /// </summary>
    public Task Connected => _connected.Task;

    /// <summary>Whether there was a connection, so that calls need not wait for one.</summary>
    public bool IsConnected => _connected.Task.IsCompletedSuccessfully;

    /// <summary>Whether a gateway is connected.</summary>
    public bool HasGateways => _hasGateways;

    /// <summary>Has something each time that the last gateway is lost.</summary>
    public ChannelReader<bool> Losses => _losses.Reader;

    /// <summary>What is missing now; null when the client can reach its cluster.</summary>
    public string? Missing => IsConnected && _hasGateways ? null : _missing;

    /// <summary>An attempt to connect has failed, and there will be another.</summary>
    public void Waits(string reason) => _missing = reason;

    /// <summary>The first connection is there.</summary>
    public void Connect()
    {
        _hasGateways = true;
        _connected.TrySetResult();
    }

    /// <summary>There will be no connection.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="cause">The error; null for none.</param>
    public void GiveUp(string reason, Exception? cause)
    {
        _missing = reason;
        if (
            _connected.TrySetException(
                new WorkflowUnavailableException($"The client is not connected to its cluster: {reason}", cause)))
        {
            // Seen, should no call ever wait for it.
            _ = _connected.Task.Exception;
        }
    }

    /// <summary>A gateway has come or gone.</summary>
    public void GatewaysChanged(int connected)
    {
        if (_hasGateways && connected == 0)
        {
            // Until an attempt to connect again says why not.
            _missing = "no gateway is connected";
        }

        _hasGateways = connected > 0;
        if (connected == 0)
        {
            _losses.Writer.TryWrite(true);
        }
    }
}
