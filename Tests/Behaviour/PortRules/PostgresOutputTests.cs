using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>Emitted outputs on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresOutputTests(Stores stores) : OutputTest(stores, StoreKind.Postgres);
