using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.ClientSdk.Connecting;

/// <summary>Lets a host that starts before its cluster wait for it, until its start is cancelled.</summary>
internal sealed partial class ClusterAwaited(ClusterAddress address, ILogger<ClusterAwaited> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = logger;

    /// <inheritdoc/>
    /// <exception cref="WorkflowUnavailableException">The database refuses the user.</exception>
    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        // Class 28: who asks is refused, which waiting does not change.
        var cause = exception.GetBaseException();
        if (cause is PostgresException { SqlState: ['2', '8', ..] })
        {
            throw new WorkflowUnavailableException($"The client cannot find its cluster: {address} refuses the user: {cause.Message}", exception);
        }

        LogWaiting(address, cause.Message);
        await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        return true;
    }

    [LoggerMessage(400053, LogLevel.Warning, "The client waits for its cluster, {Address}: {Reason}")]
    private partial void LogWaiting(ClusterAddress address, string reason);
}
