using System.Collections.Concurrent;
using Orleans.Workflows.Behaviour.Clusters;

[assembly: AssemblyFixture(typeof(Stores))]

namespace Orleans.Workflows.Behaviour.Clusters;

/// <summary>
/// One cluster for each store and use, shared by all tests of the run and started for the first that asks.
/// </summary>
public sealed class Stores : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(StoreKind Kind, ClusterUse Use), Lazy<Task<BehaviourCluster>>> _clusters =
        new();

    /// <summary>The cluster of a store.</summary>
    /// <param name="kind">The store.</param>
    /// <param name="use">What the caller does to it.</param>
    /// <returns>The cluster.</returns>
    public Task<BehaviourCluster> GetAsync(StoreKind kind, ClusterUse use) =>
        _clusters
            .GetOrAdd((kind, use), static key => new Lazy<Task<BehaviourCluster>>(() =>
                StartAsync(key.Kind, key.Use)))
            .Value;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (
            var cluster in _clusters.Values.Where(static cluster =>
                cluster is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }))
        {
            await (await cluster.Value).DisposeAsync();
        }

        await StoreHome.EndServerAsync();
    }

    private static Task<BehaviourCluster> StartAsync(StoreKind kind, ClusterUse use) =>
        BehaviourCluster.StartAsync(
            kind,
            use == ClusterUse.Patient ? static options => options.GracePeriod = TimeSpan.FromMinutes(1) : null);
}
