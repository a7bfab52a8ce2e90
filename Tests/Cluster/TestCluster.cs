using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.TestingHost;
using Orleans.Workflows.ClientSdk;
using Orleans.Workflows.Grains;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Supervision;
using Orleans.Workflows.Shared.Processes;
using Orleans.Workflows.Storage.Memory;

namespace Orleans.Workflows.Cluster;

/// <summary>Silos in this process over one shared memory store, with a client.</summary>
public sealed class TestCluster : IAsyncDisposable
{
    private readonly ServiceProvider _clientServices;

    private TestCluster(InProcessTestCluster cluster, MemoryProcessStore store, ProbeRecorder recorder, TimeProvider time)
    {
        Cluster = cluster;
        Store = store;
        Recorder = recorder;
        Time = time;
        _clientServices = new ServiceCollection().AddSingleton<IGrainFactory>(cluster.Client).AddWorkflowClient().BuildServiceProvider();
    }

    public InProcessTestCluster Cluster { get; }

    public MemoryProcessStore Store { get; }

    public ProbeRecorder Recorder { get; }

    public TimeProvider Time { get; }

    public IProcessClient Client => _clientServices.GetRequiredService<IProcessClient>();

    public static async Task<TestCluster> StartAsync(
        int silos = 1,
        TimeProvider? time = null,
        Action<WorkflowOptions>? configure = null,
        Action<WorkflowsBuilder>? add = null,
        Func<IProcessStore, IProcessStore>? wrap = null,
        Action<IServiceCollection>? services = null)
    {
        var store = new MemoryProcessStore();
        var recorder = new ProbeRecorder();
        var clock = time ?? TimeProvider.System;
        var builder = new InProcessTestClusterBuilder((short)silos);

#pragma warning disable ORLEANSEXP003 // The directory that members of a cluster have.
        builder.Options.UseDistributedGrainDirectory = true;
#pragma warning restore ORLEANSEXP003
        builder.ConfigureSiloHost((_, host) => host.Logging.SetMinimumLevel(LogLevel.Warning));
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(recorder);
            silo.Services.AddSingleton(clock);
            services?.Invoke(silo.Services);
            silo.Services.Configure<GrainDirectoryOptions>(static directory => directory.RangeLeaseDuration = TimeSpan.Zero);
            silo.Services.Configure<ClusterMembershipOptions>(membership => membership.DefunctSiloCleanupPeriod = null);
            silo.AddMemoryGrainStorage(ControlPlane.StorageName);
            silo.UseInMemoryReminderService();
            silo.Services.AddSingleton(wrap?.Invoke(store) ?? store);
            silo.AddWorkflows(workflows =>
            {
                workflows.AddProcess<Hello>().AddProcess<OutlineSample>().AddProcess<Waiter>().AddProcess<Family>().AddProcess<Probe>()
                    .AddProcess<Parent>().AddProcess<Collector>().AddProcess<Scheduling>().AddProcess<Tracing>();
                workflows.Configure(options =>
                {
                    options.GracePeriod = TimeSpan.FromSeconds(1);
                    options.DrainTimeout = TimeSpan.FromMilliseconds(200);
                });
                add?.Invoke(workflows);
                if (configure is not null)
                {
                    workflows.Configure(configure);
                }
            });
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new TestCluster(cluster, store, recorder, clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _clientServices.DisposeAsync();
        await Cluster.DisposeAsync();
        await Store.DisposeAsync();
    }
}
