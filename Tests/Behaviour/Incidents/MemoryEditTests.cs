using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Incidents;

/// <summary>Edits of contexts in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryEditTests(Stores stores) : EditTest(stores, StoreKind.Memory);
