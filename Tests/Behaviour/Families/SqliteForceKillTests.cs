using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Families;

/// <summary>Kills by force on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteForceKillTests(Stores stores) : ForceKillTest(stores, StoreKind.Sqlite);
