using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>What thousands of signals cost in memory.</summary>
public sealed class MemoryFlatCostTests() : FlatCostTest(StoreKind.Memory);
