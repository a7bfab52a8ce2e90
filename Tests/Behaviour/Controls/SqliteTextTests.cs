using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Controls;

/// <summary>Texts of controls on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteTextTests(Stores stores) : TextTest(stores, StoreKind.Sqlite);
