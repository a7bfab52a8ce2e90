using Microsoft.Extensions.Logging;
using Npgsql;

namespace Orleans.Workflows.ClientSdk.Connecting;

/// <summary>
/// Lets a client whose cluster is not there wait for it, before the first connection and after a loss, however long
/// that takes. It is said once, then once a minute, and when it is over.
/// </summary>
internal sealed partial class ClusterAwaited(
    ClusterAddress address, ConnectionState state, ILogger<ClusterAwaited> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A user who is refused has to be mended by people; each attempt is a line in the database's log meanwhile.
    /// </summary>
    private static readonly TimeSpan PauseOfRefused = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan SayAgain = TimeSpan.FromMinutes(1);

    private readonly ILogger _logger = logger;
    private long _began;
    private long _saidAt;

    /// <inheritdoc/>
    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        // Class 28: who asks is refused.
        var cause = exception.GetBaseException();
        var isRefused = cause is PostgresException { SqlState: ['2', '8', ..] };
        var text = cause is PostgresException said ? $"{said.SqlState}: {said.MessageText}" : cause.Message;
        var reason = isRefused ? $"the database refuses the user: {text}" : text;
        state.Waits(reason);
        if (_saidAt == 0 || TimeProvider.System.GetElapsedTime(_saidAt) >= SayAgain)
        {
            var now = TimeProvider.System.GetTimestamp();
            (_began, _saidAt) = (_saidAt == 0 ? now : _began, now);
            LogWaiting(address, reason);
        }

        await Task.Delay(isRefused ? PauseOfRefused : Pause, TimeProvider.System, cancellationToken)
            .ConfigureAwait(false);
        return true;
    }

    /// <summary>Takes note that the cluster is there.</summary>
    public void End()
    {
        if (_saidAt == 0)
        {
            LogConnected(address);
            return;
        }

        _saidAt = 0;
        LogBack(address, TimeProvider.System.GetElapsedTime(_began).TotalSeconds);
    }

    [LoggerMessage(400053, LogLevel.Warning, "The client waits for its cluster, {Address}: {Reason}")]
    private partial void LogWaiting(ClusterAddress address, string reason);

    [LoggerMessage(400056, LogLevel.Information, "The client is connected to its cluster, {Address}.")]
    private partial void LogConnected(ClusterAddress address);

    // As loud as what it takes back.
    [LoggerMessage(
        400058,
        LogLevel.Warning,
        "The client has its cluster, {Address}, for which it has waited for {Seconds:0.0} s.")]
    private partial void LogBack(ClusterAddress address, double seconds);
}
