using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Identity;

/// <summary>Identities on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresIdentityTests(Stores stores) : IdentityTest(stores, StoreKind.Postgres);
