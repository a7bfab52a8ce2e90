using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Hooks;

/// <summary>Hooks and listeners of a whole life in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryLifeTests(Stores stores) : LifeTest(stores, StoreKind.Memory);
