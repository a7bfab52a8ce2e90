using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Families;

/// <summary>Trees on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresTreeTests(Stores stores) : TreeTest(stores, StoreKind.Postgres);
