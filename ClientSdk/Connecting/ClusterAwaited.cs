using Microsoft.Extensions.Logging;
using Npgsql;

namespace Orleans.Workflows.ClientSdk.Connecting;

/// <summary>Lets a client that comes before its cluster wait for it, however long that takes.</summary>
internal sealed partial class ClusterAwaited(ClusterAddress address, ConnectionState state, ILogger<ClusterAwaited> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>A user who is refused has to be mended by people; each attempt is a line in the database's log meanwhile.</summary>
    private static readonly TimeSpan PauseOfRefused = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan SayAgain = TimeSpan.FromMinutes(1);

    private readonly ILogger _logger = logger;
    private long _saidAt;

    /// <inheritdoc/>
    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        // Class 28: who asks is refused.
        var cause = exception.GetBaseException();
        var isRefused = cause is PostgresException { SqlState: ['2', '8', ..] };
        var reason = isRefused ? $"the database refuses the user: {cause.Message}" : cause.Message;
        if (state.Waits(reason) || TimeProvider.System.GetElapsedTime(_saidAt) >= SayAgain)
        {
            _saidAt = TimeProvider.System.GetTimestamp();
            LogWaiting(address, reason);
        }

        await Task.Delay(isRefused ? PauseOfRefused : Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        return true;
    }

    [LoggerMessage(400053, LogLevel.Warning, "The client waits for its cluster, {Address}: {Reason}")]
    private partial void LogWaiting(ClusterAddress address, string reason);
}
