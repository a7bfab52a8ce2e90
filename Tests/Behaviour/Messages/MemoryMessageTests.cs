using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>Signals in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryMessageTests(Stores stores) : MessageTest(stores, StoreKind.Memory);
