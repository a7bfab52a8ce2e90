using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Families;

/// <summary>Kills of families in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryKillTreeTests(Stores stores) : KillTreeTest(stores, StoreKind.Memory);
