using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Restarting;

/// <summary>Restart chains over a restart on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteRestartedSiloTests(OwnStores stores)
    : RestartedSiloTest(stores, StoreKind.Sqlite),
        IClassFixture<OwnStores>;
