namespace Orleans.Workflows.Cli.Connection;

/// <summary>Lets a refused connection fail at once: somebody sits before the screen. Without it Orleans tries for half a minute and more.</summary>
internal sealed class NoConnectionRetry : IClientConnectionRetryFilter
{
    /// <inheritdoc/>
    public Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken) => Task.FromResult(false);
}
