using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.BadRows;

/// <summary>Damaged rows in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryBadRowTests(OwnStores stores)
    : BadRowTest(stores, StoreKind.Memory),
        IClassFixture<OwnStores>;
