using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Restarting;

/// <summary>Restart chains on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteRestartChainTests(Stores stores) : RestartChainTest(stores, StoreKind.Sqlite);
