using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Hooks;

/// <summary>Listeners on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresListenerTests(Stores stores) : ListenerTest(stores, StoreKind.Postgres);
