using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>Inputs on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresInputTests(Stores stores) : InputTest(stores, StoreKind.Postgres);
