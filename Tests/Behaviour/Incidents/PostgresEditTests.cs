using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Incidents;

/// <summary>Edits of contexts on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresEditTests(Stores stores) : EditTest(stores, StoreKind.Postgres);
