using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Controls;

/// <summary>Controls by steps themselves on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteSelfControlTests(Stores stores) : SelfControlTest(stores, StoreKind.Sqlite);
