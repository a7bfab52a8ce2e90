using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>What families owe each other in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryChildMessageTests(Stores stores) : ChildMessageTest(stores, StoreKind.Memory);
