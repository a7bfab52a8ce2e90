using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>Ends of outlines in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryLastChildTests(Stores stores) : LastChildTest(stores, StoreKind.Memory);
