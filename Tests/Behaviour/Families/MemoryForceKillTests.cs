using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Families;

/// <summary>Kills by force in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryForceKillTests(Stores stores) : ForceKillTest(stores, StoreKind.Memory);
