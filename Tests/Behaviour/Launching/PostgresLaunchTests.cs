using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Launching;

/// <summary>Launch verbs on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresLaunchTests(Stores stores) : LaunchTest(stores, StoreKind.Postgres);
