using Orleans.Runtime.Messaging;

namespace Orleans.Workflows.Cli.Connection;

/// <summary>
/// Lets a refused connection fail at once: somebody sits before the screen, and Orleans would try for half a minute and
/// more. A gateway that is slow, as on a machine that is busy, has the whole of <c>--timeout</c>.
/// </summary>
internal sealed class SlowGatewayRetry : IClientConnectionRetryFilter
{
    /// <summary>Orleans refuses to try an address again sooner.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        // Orleans' own limit for one attempt has no cause below it, as a refusal has.
        if (exception.GetBaseException() is not ConnectionFailedException)
        {
            return false;
        }

        await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        return true;
    }
}
