using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>Messages across restarts on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteRestartedMessageTests(OwnStores stores)
    : RestartedMessageTest(stores, StoreKind.Sqlite),
        IClassFixture<OwnStores>;
