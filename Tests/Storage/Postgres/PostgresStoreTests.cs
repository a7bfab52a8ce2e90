using Orleans.Workflows.StorageTests.Conformance;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>The PostgreSQL store keeps the contract.</summary>
public sealed class PostgresStoreTests(PostgresDatabase database)
    : ProcessStoreConformance(new PostgresSource(database)),
        IClassFixture<PostgresDatabase>;
