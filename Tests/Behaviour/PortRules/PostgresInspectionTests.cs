using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>Inspection on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresInspectionTests(Stores stores) : InspectionTest(stores, StoreKind.Postgres);
