using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>Signals on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresMessageTests(Stores stores) : MessageTest(stores, StoreKind.Postgres);
