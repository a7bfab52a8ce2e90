using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.FanOut;

/// <summary>Parents of many across restarts in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryRestartedFanOutTests(OwnStores stores)
    : RestartedFanOutTest(stores, StoreKind.Memory),
        IClassFixture<OwnStores>;
