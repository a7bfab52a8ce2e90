using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Hooks;

/// <summary>Listeners on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteListenerTests(Stores stores) : ListenerTest(stores, StoreKind.Sqlite);
