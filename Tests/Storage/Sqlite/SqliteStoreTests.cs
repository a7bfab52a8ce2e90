using Orleans.Workflows.StorageTests.Conformance;

namespace Orleans.Workflows.StorageTests.Sqlite;

/// <summary>The SQLite store keeps the contract.</summary>
public sealed class SqliteStoreTests() : ProcessStoreConformance(new SqliteSource());
