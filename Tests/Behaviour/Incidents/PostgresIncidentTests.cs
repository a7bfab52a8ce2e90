using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Incidents;

/// <summary>Incidents on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresIncidentTests(Stores stores) : IncidentTest(stores, StoreKind.Postgres);
