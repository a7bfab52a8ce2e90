using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Families;

/// <summary>Kills of families on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteKillTreeTests(Stores stores) : KillTreeTest(stores, StoreKind.Sqlite);
