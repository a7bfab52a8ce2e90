using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>Ends of outlines on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteLastChildTests(Stores stores) : LastChildTest(stores, StoreKind.Sqlite);
