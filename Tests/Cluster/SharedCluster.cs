using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster;

/// <summary>One silo on real time, shared by the tests of a class.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public IProcessClient Client => _cluster.Client;

    public ProbeRecorder Recorder => _cluster.Recorder;

    public IProcessStore Store => _cluster.Store;

    public TestCluster Whole => _cluster;

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
