using Microsoft.Extensions.Hosting;

namespace Orleans.Workflows.Cli.Connection;

/// <summary>A client for the time of one command.</summary>
/// <param name="Processes">The client.</param>
/// <param name="Host">What holds the connection; null when somebody else does.</param>
internal sealed record ConnectedClient(IProcessClient Processes, IHost? Host = null) : IAsyncDisposable
{
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(1);

    /// <summary>Disconnects. The answer is known by then, so nothing that goes wrong matters.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Host is not null)
        {
            using (Host)
            {
                await Host.StopAsync(LongestGoodbye)
                    .WaitAsync(LongestGoodbye)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
