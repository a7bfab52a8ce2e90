using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Families;

/// <summary>Kills by force on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresForceKillTests(Stores stores) : ForceKillTest(stores, StoreKind.Postgres);
