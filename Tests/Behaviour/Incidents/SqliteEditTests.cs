using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Incidents;

/// <summary>Edits of contexts on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteEditTests(Stores stores) : EditTest(stores, StoreKind.Sqlite);
