using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Launching;

/// <summary>Callbacks on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresCallbackTests(Stores stores) : CallbackTest(stores, StoreKind.Postgres);
