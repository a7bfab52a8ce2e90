using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Restarting;

/// <summary>Restart chains on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresRestartChainTests(Stores stores) : RestartChainTest(stores, StoreKind.Postgres);
