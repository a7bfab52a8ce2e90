using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>Inputs on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteInputTests(Stores stores) : InputTest(stores, StoreKind.Sqlite);
