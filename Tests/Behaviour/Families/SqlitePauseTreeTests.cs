using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Families;

/// <summary>Pauses of families on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqlitePauseTreeTests(Stores stores) : PauseTreeTest(stores, StoreKind.Sqlite);
