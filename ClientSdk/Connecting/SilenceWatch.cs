using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Orleans.Workflows.ClientSdk.Connecting;

/// <summary>
/// Ends a connection to a gateway that was sent something and has sent nothing for long: a process that is frozen, or a
/// machine that is gone, closes nothing. Orleans then takes another gateway, without waiting for the membership to
/// know.
/// </summary>
internal sealed partial class SilenceWatch(IOptions<WorkflowClientOptions> options, ILogger<SilenceWatch> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly ILogger _logger = logger;

    // A call may take as long as the client waits for its answer.
    private readonly TimeSpan _longest =
        ClientTimings.LongestSilence > options.Value.ResponseTimeout
            ? ClientTimings.LongestSilence
            : options.Value.ResponseTimeout;

    /// <summary>Watches each connection.</summary>
    public ConnectionDelegate Wrap(ConnectionDelegate next) => async context =>
    {
        var transport = new WatchedTransport(context.Transport, TimeProvider.System);
        context.Transport = transport;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.ConnectionClosed);
        var watching = WatchAsync(context, transport, ended.Token);
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(false);
        }
    };

    private async Task WatchAsync(
        ConnectionContext context,
        WatchedTransport transport,
        CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        try
        {
            var looked = TimeProvider.System.GetTimestamp();
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                // When this process itself stood still, answers may lie unread.
                var late = TimeProvider.System.GetElapsedTime(looked) > Interval + Interval;
                looked = TimeProvider.System.GetTimestamp();
                if (!late && transport.Silence > _longest)
                {
                    LogSilent(context.RemoteEndPoint, transport.Silence.TotalSeconds);
                    context.Abort(new ConnectionAbortedException($"The gateway was silent for {transport.Silence}."));
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The connection has ended.
        }
    }

    [LoggerMessage(
        400050,
        LogLevel.Warning,
        "The gateway {Gateway} has answered nothing for {Seconds:0.0} s; the connection is closed, and another gateway "
        + "is taken."
    )]
    private partial void LogSilent(System.Net.EndPoint? gateway, double seconds);
}
