using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Restarts;

/// <summary>Processes whose silo is replaced, on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteRestartTests(Stores stores) : RestartTest(stores, StoreKind.Sqlite);
