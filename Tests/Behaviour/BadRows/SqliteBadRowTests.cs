using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.BadRows;

/// <summary>Damaged rows in SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteBadRowTests(OwnStores stores)
    : BadRowTest(stores, StoreKind.Sqlite),
        IClassFixture<OwnStores>;
