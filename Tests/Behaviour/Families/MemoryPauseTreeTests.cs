using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Families;

/// <summary>Pauses of families in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryPauseTreeTests(Stores stores) : PauseTreeTest(stores, StoreKind.Memory);
