using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.FanOut;

/// <summary>Parents of thousands of children on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteFanOutTests(Stores stores) : FanOutTest(stores, StoreKind.Sqlite);
