using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Threads;

/// <summary>CPU-bound steps on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteCpuBoundTests(Stores stores) : CpuBoundTest(stores, StoreKind.Sqlite);
