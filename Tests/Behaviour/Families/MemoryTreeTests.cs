using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Families;

/// <summary>Trees in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryTreeTests(Stores stores) : TreeTest(stores, StoreKind.Memory);
