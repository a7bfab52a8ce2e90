using System.Net;
using Microsoft.Extensions.Hosting;
using Orleans.Workflows.Benchmarks.Load;

namespace Orleans.Workflows.Benchmarks.Targets;

/// <summary>A silo in this process, which is measured.</summary>
/// <param name="host">Its host, started.</param>
/// <param name="gateway">Where clients of other processes connect.</param>
/// <param name="client">The client inside the silo's process.</param>
/// <param name="audit">Checks what a run left behind.</param>
/// <param name="folder">What goes with the silo; null for nothing.</param>
internal sealed class Target(IHost host, IPEndPoint gateway, ILoadClient client, IAudit audit, DirectoryInfo? folder)
    : IAsyncDisposable
{
    /// <summary>What the silo is made of.</summary>
    public IServiceProvider Services => host.Services;

    /// <summary>Where clients of other processes connect.</summary>
    public IPEndPoint Gateway => gateway;

    /// <summary>The client inside the silo's process.</summary>
    public ILoadClient Client => client;

    /// <summary>Checks what a run left behind.</summary>
    public IAudit Audit => audit;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }

        folder?.Delete(recursive: true);
    }
}
