using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.FanOut;

/// <summary>Parents of thousands of children on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresFanOutTests(Stores stores) : FanOutTest(stores, StoreKind.Postgres);
