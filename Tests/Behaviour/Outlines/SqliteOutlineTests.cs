using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>Outlines on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteOutlineTests(Stores stores) : OutlineTest(stores, StoreKind.Sqlite);
