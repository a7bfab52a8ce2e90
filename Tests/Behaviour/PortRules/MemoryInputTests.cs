using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>Inputs in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryInputTests(Stores stores) : InputTest(stores, StoreKind.Memory);
