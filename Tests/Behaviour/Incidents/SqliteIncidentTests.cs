using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Incidents;

/// <summary>Incidents on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteIncidentTests(Stores stores) : IncidentTest(stores, StoreKind.Sqlite);
