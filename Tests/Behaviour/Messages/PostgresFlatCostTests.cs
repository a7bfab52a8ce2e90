using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>What thousands of signals cost on PostgreSQL.</summary>
public sealed class PostgresFlatCostTests() : FlatCostTest(StoreKind.Postgres);
