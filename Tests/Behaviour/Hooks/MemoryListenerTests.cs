using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Hooks;

/// <summary>Listeners in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryListenerTests(Stores stores) : ListenerTest(stores, StoreKind.Memory);
