using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>Running processes under other definitions on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresRedeployTests(OwnStores stores)
    : RedeployTest(stores, StoreKind.Postgres),
        IClassFixture<OwnStores>;
