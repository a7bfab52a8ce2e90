using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>Stored inputs in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryRestartedInputTests(OwnStores stores)
    : RestartedInputTest(stores, StoreKind.Memory),
        IClassFixture<OwnStores>;
