using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Hooks;

/// <summary>Hooks and listeners of a whole life on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteLifeTests(Stores stores) : LifeTest(stores, StoreKind.Sqlite);
