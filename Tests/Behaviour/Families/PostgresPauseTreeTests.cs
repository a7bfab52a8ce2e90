using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Families;

/// <summary>Pauses of families on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresPauseTreeTests(Stores stores) : PauseTreeTest(stores, StoreKind.Postgres);
