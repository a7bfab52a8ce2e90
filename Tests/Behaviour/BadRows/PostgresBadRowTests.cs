using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.BadRows;

/// <summary>Damaged rows in PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresBadRowTests(OwnStores stores)
    : BadRowTest(stores, StoreKind.Postgres),
        IClassFixture<OwnStores>;
