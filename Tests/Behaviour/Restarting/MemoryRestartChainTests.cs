using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Restarting;

/// <summary>Restart chains in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryRestartChainTests(Stores stores) : RestartChainTest(stores, StoreKind.Memory);
