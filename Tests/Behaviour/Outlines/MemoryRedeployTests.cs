using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>Running processes under other definitions in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryRedeployTests(OwnStores stores)
    : RedeployTest(stores, StoreKind.Memory),
        IClassFixture<OwnStores>;
