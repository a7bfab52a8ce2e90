using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>Awaited children on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteChildTests(Stores stores) : ChildTest(stores, StoreKind.Sqlite);
