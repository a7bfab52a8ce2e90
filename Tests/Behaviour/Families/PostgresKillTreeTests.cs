using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Families;

/// <summary>Kills of families on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresKillTreeTests(Stores stores) : KillTreeTest(stores, StoreKind.Postgres);
