using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>What thousands of signals cost on SQLite.</summary>
public sealed class SqliteFlatCostTests() : FlatCostTest(StoreKind.Sqlite);
