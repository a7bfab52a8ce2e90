using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Nesting;

/// <summary>Deep nesting on PostgreSQL.</summary>
public sealed class PostgresNestingTests() : NestingTest(StoreKind.Postgres);
