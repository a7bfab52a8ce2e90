using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.ClientSdk.Connecting;

/// <summary>Whether the client of a host has reached its cluster, and what is missing if not: what calls wait for, and what health tells.</summary>
internal sealed class ConnectionState
{
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _missing = "it has not begun to connect";
    private volatile bool _hasGateways;

    /// <summary>Completes with the first connection; fails when there will be none. Later losses are the calls' own trouble: they are made again.</summary>
    public Task Connected => _connected.Task;

    /// <summary>Whether there was a connection, so that calls need not wait for one.</summary>
    public bool IsConnected => _connected.Task.IsCompletedSuccessfully;

    /// <summary>What is missing now; null when the client can reach its cluster.</summary>
    public string? Missing => !IsConnected ? _missing : _hasGateways ? null : "no gateway is connected";

    /// <summary>An attempt to connect has failed, and there will be another.</summary>
    /// <param name="reason">Why.</param>
    /// <returns>Whether that is news.</returns>
    public bool Waits(string reason)
    {
        var isNews = _missing != reason;
        _missing = reason;
        return isNews;
    }

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
        if (_connected.TrySetException(new WorkflowUnavailableException($"The client is not connected to its cluster: {reason}", cause)))
        {
            // Seen, should no call ever wait for it.
            _ = _connected.Task.Exception;
        }
    }

    /// <summary>A gateway has come or gone.</summary>
    /// <param name="connected">How many are connected.</param>
    public void GatewaysChanged(int connected) => _hasGateways = connected > 0;
}
