using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Hooks;

/// <summary>Hooks and listeners of a whole life on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresLifeTests(Stores stores) : LifeTest(stores, StoreKind.Postgres);
