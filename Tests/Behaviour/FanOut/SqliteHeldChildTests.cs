using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.FanOut;

/// <summary>Children whose turn has not come, on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteHeldChildTests(Stores stores) : HeldChildTest(stores, StoreKind.Sqlite);
