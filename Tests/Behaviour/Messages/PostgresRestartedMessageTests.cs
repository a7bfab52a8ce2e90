using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>Messages across restarts on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresRestartedMessageTests(OwnStores stores)
    : RestartedMessageTest(stores, StoreKind.Postgres),
        IClassFixture<OwnStores>;
