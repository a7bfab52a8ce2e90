using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>Ends of outlines on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresLastChildTests(Stores stores) : LastChildTest(stores, StoreKind.Postgres);
