using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Reports;

/// <summary>Report logs in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryReportTests(Stores stores) : ReportTest(stores, StoreKind.Memory);
