using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.FanOut;

/// <summary>Parents of thousands of children in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryFanOutTests(Stores stores) : FanOutTest(stores, StoreKind.Memory);
