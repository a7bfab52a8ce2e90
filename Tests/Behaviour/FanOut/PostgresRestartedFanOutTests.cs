using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.FanOut;

/// <summary>Parents of many across restarts on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresRestartedFanOutTests(OwnStores stores)
    : RestartedFanOutTest(stores, StoreKind.Postgres),
        IClassFixture<OwnStores>;
