using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Reports;

/// <summary>Report logs on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteReportTests(Stores stores) : ReportTest(stores, StoreKind.Sqlite);
