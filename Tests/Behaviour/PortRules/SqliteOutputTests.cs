using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>Emitted outputs on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteOutputTests(Stores stores) : OutputTest(stores, StoreKind.Sqlite);
