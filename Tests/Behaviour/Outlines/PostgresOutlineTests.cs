using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>Outlines on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresOutlineTests(Stores stores) : OutlineTest(stores, StoreKind.Postgres);
