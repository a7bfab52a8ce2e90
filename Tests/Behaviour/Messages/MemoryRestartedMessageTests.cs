using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>Messages across restarts in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryRestartedMessageTests(OwnStores stores)
    : RestartedMessageTest(stores, StoreKind.Memory),
        IClassFixture<OwnStores>;
