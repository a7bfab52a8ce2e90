using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;
using Orleans.Workflows.ClientSdk;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Supervision;

namespace Orleans.Workflows.Crash.CutOff;

/// <summary>A cluster of one silo in this process.</summary>
internal sealed class ErrandSilo : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;
    private readonly ServiceProvider _services;

    private ErrandSilo(InProcessTestCluster cluster)
    {
        _cluster = cluster;
        _services = new ServiceCollection().AddSingleton<IGrainFactory>(cluster.Client).AddWorkflowClient().BuildServiceProvider();
    }

    public IProcessClient Client => _services.GetRequiredService<IProcessClient>();

    public static async Task<ErrandSilo> StartAsync(IProcessStore store, ErrandLedger ledger)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSiloHost((_, host) => host.Logging.SetMinimumLevel(LogLevel.None));
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(ledger);
            silo.Services.AddSingleton(store);
            silo.AddMemoryGrainStorage(ControlPlane.StorageName);
            silo.UseInMemoryReminderService();
            silo.AddWorkflows(workflows => workflows.AddProcess<ErrandProcess>());
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new ErrandSilo(cluster);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _cluster.KillSiloAsync(_cluster.Silos[0]);
        await _cluster.DisposeAsync();
    }
}
