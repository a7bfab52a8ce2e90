using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>Signals on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteMessageTests(Stores stores) : MessageTest(stores, StoreKind.Sqlite);
