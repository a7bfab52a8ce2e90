using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Restarting;

/// <summary>Restart chains over a restart in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryRestartedSiloTests(OwnStores stores)
    : RestartedSiloTest(stores, StoreKind.Memory),
        IClassFixture<OwnStores>;
