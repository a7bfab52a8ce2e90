using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Threads;

/// <summary>CPU-bound steps on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresCpuBoundTests(Stores stores) : CpuBoundTest(stores, StoreKind.Postgres);
