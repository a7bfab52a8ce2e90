using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Hooks;

/// <summary>Hooks that fail in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryHookFaultTests(Stores stores) : HookFaultTest(stores, StoreKind.Memory);
