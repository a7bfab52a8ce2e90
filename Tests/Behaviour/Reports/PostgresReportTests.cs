using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Reports;

/// <summary>Report logs on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresReportTests(Stores stores) : ReportTest(stores, StoreKind.Postgres);
