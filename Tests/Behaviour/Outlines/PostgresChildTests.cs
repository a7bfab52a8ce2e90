using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>Awaited children on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresChildTests(Stores stores) : ChildTest(stores, StoreKind.Postgres);
