using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Restarts;

/// <summary>Processes whose silo is replaced, in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryRestartTests(Stores stores) : RestartTest(stores, StoreKind.Memory);
