using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Restarting;

/// <summary>Restart chains over a restart on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresRestartedSiloTests(OwnStores stores)
    : RestartedSiloTest(stores, StoreKind.Postgres),
        IClassFixture<OwnStores>;
