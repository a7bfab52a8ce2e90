using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.FanOut;

/// <summary>Children whose turn has not come, on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresHeldChildTests(Stores stores) : HeldChildTest(stores, StoreKind.Postgres);
