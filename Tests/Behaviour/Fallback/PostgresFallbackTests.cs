using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Fallback;

/// <summary>Fallen back on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresFallbackTests(Stores stores) : FallbackTest(stores, StoreKind.Postgres);
