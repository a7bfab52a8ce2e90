using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Launching;

/// <summary>Launch verbs in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryLaunchTests(Stores stores) : LaunchTest(stores, StoreKind.Memory);
