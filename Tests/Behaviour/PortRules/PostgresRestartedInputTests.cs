using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>Stored inputs on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresRestartedInputTests(OwnStores stores)
    : RestartedInputTest(stores, StoreKind.Postgres),
        IClassFixture<OwnStores>;
