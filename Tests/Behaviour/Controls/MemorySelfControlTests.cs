using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Controls;

/// <summary>Controls by steps themselves in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemorySelfControlTests(Stores stores) : SelfControlTest(stores, StoreKind.Memory);
