using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>Running processes under other definitions on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteRedeployTests(OwnStores stores)
    : RedeployTest(stores, StoreKind.Sqlite),
        IClassFixture<OwnStores>;
