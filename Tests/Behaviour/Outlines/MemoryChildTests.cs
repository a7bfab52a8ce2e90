using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>Awaited children in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryChildTests(Stores stores) : ChildTest(stores, StoreKind.Memory);
