using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Identity;

/// <summary>Identities in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryIdentityTests(Stores stores) : IdentityTest(stores, StoreKind.Memory);
