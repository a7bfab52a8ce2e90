using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Families;

/// <summary>Trees on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteTreeTests(Stores stores) : TreeTest(stores, StoreKind.Sqlite);
