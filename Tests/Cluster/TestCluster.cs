using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Orleans.Workflows.Grains.Overload;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Shared.Processes;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Cluster;

/// <summary>
/// The cluster that teams have for their tests, with the process types of ours, on real time unless a test says
/// otherwise.
/// </summary>
public sealed class TestCluster : IAsyncDisposable
{
    /// <summary>
    /// What tests beside this one do to the machine is no reason to refuse a start. Tests of that have readings of
    /// their own.
    /// </summary>
    private static readonly LoadReadings Idle = new(static () => (0, 1 << 30), static () => TimeSpan.Zero);

    private readonly WorkflowTestCluster _cluster;

    private TestCluster(WorkflowTestCluster cluster, ProbeRecorder recorder) =>
        (_cluster, Recorder) = (cluster, recorder);

    public WorkflowTestCluster Whole => _cluster;

    public InProcessTestCluster Cluster => _cluster.Orleans;

    public IProcessStore Store => _cluster.Store;

    public ProbeRecorder Recorder { get; }

    public IProcessClient Client => _cluster.Client;

    /// <summary>Calls as the code of a silo does, for what is not for clients.</summary>
    public IGrainFactory Grains => _cluster.Silos[0].ServiceProvider.GetRequiredService<IGrainFactory>();

    public static async Task<TestCluster> StartAsync(
        int silos = 1,
        TimeProvider? time = null,
        Action<WorkflowOptions>? configure = null,
        Action<WorkflowsBuilder>? add = null,
        Func<IProcessStore, IProcessStore>? wrap = null,
        Action<IServiceCollection>? services = null)
    {
        var recorder = new ProbeRecorder();
        var builder = new WorkflowTestClusterBuilder()
            .WithSilos(silos)
            .OnClock(time ?? TimeProvider.System)
            .WithStoreView(wrap ?? (static store => store))
            .AddService(recorder)
            .ConfigureServices(static services => services.AddSingleton(Idle))
            .ConfigureServices(services ?? (static _ => { }))
            .AddProcess<Hello>()
            .AddProcess<OutlineSample>()
            .AddProcess<Waiter>()
            .AddProcess<Family>()
            .AddProcess<Probe>()
            .AddProcess<Parent>()
            .AddProcess<Collector>()
            .AddProcess<Scheduling>()
            .AddProcess<Tracing>()
            .ConfigureWorkflows(workflows =>
            {
                add?.Invoke(workflows);
                workflows.Configure(configure ?? (static _ => { }));
            });
        return new TestCluster(await builder.StartAsync(), recorder);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
