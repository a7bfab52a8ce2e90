using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>Emitted outputs in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryOutputTests(Stores stores) : OutputTest(stores, StoreKind.Memory);
