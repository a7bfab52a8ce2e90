using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Benchmarks.Scale;

/// <summary>Lets the commits of a silo be seen.</summary>
internal static class Observing
{
    /// <summary>Puts an <see cref="ObservedStore"/> before the silo's store.</summary>
    /// <param name="host">The silo's host, with its store.</param>
    /// <param name="committed">Is told of each row that was committed.</param>
    public static void Add(IHostApplicationBuilder host, Action<ProcessRow> committed)
    {
        var store = host
            .Services.Single(static service => service.ServiceType == typeof(IProcessStore))
            .ImplementationFactory!;
        host.Services.RemoveAll<IProcessStore>();
        host.Services.AddSingleton<IProcessStore>(services => new ObservedStore(
            (IProcessStore)store(services),
            committed));
    }
}
