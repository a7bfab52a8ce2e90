using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Nesting;

/// <summary>Deep nesting on SQLite.</summary>
public sealed class SqliteNestingTests() : NestingTest(StoreKind.Sqlite);
