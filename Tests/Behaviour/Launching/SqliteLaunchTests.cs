using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Launching;

/// <summary>Launch verbs on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteLaunchTests(Stores stores) : LaunchTest(stores, StoreKind.Sqlite);
