using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Controls;

/// <summary>Texts of controls on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresTextTests(Stores stores) : TextTest(stores, StoreKind.Postgres);
