using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>Stored inputs on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteRestartedInputTests(OwnStores stores)
    : RestartedInputTest(stores, StoreKind.Sqlite),
        IClassFixture<OwnStores>;
