using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Restarts;

/// <summary>Processes whose silo is replaced, on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresRestartTests(Stores stores) : RestartTest(stores, StoreKind.Postgres);
