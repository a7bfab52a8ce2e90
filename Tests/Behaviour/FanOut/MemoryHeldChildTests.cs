using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.FanOut;

/// <summary>Children whose turn has not come, in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryHeldChildTests(Stores stores) : HeldChildTest(stores, StoreKind.Memory);
