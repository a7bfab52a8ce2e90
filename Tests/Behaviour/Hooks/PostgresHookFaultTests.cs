using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Hooks;

/// <summary>Hooks that fail on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresHookFaultTests(Stores stores) : HookFaultTest(stores, StoreKind.Postgres);
