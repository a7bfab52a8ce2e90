using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>Outlines in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryOutlineTests(Stores stores) : OutlineTest(stores, StoreKind.Memory);
