namespace Orleans.Workflows.Benchmarks.Reporting;

/// <summary>What the database does without the engine.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Clients">How many did it.</param>
/// <param name="RowsPerTransaction">How many rows each transaction wrote.</param>
/// <param name="RowsPerSecond">How many rows were written per second.</param>
/// <param name="LatencyMs">How long a transaction took on average, in milliseconds.</param>
/// <param name="OtherCpus">
/// How many CPUs programs used meanwhile that have nothing to do with it; null when that is not known.
/// </param>
internal sealed record FloorFigure(
    string Name,
    int Clients,
    int RowsPerTransaction,
    double RowsPerSecond,
    double LatencyMs,
    double? OtherCpus);
