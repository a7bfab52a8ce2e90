using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Fallback;

/// <summary>Fallen back on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteFallbackTests(Stores stores) : FallbackTest(stores, StoreKind.Sqlite);
