using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>Inspection on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteInspectionTests(Stores stores) : InspectionTest(stores, StoreKind.Sqlite);
