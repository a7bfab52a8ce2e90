using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.FanOut;

/// <summary>Parents of many across restarts on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteRestartedFanOutTests(OwnStores stores)
    : RestartedFanOutTest(stores, StoreKind.Sqlite),
        IClassFixture<OwnStores>;
