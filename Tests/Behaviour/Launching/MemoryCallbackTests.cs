using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Launching;

/// <summary>Callbacks in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryCallbackTests(Stores stores) : CallbackTest(stores, StoreKind.Memory);
