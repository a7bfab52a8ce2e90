using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Threads;

/// <summary>CPU-bound steps in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryCpuBoundTests(Stores stores) : CpuBoundTest(stores, StoreKind.Memory);
