using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Fallback;

/// <summary>Fallen back on the memory store.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryFallbackTests(Stores stores) : FallbackTest(stores, StoreKind.Memory);
