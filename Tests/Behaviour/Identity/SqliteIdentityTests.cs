using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Identity;

/// <summary>Identities on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteIdentityTests(Stores stores) : IdentityTest(stores, StoreKind.Sqlite);
