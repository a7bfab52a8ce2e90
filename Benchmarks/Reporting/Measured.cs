using Orleans.Workflows.Benchmarks.Load;

namespace Orleans.Workflows.Benchmarks.Reporting;

/// <summary>One phase of a scenario with one client and one number of processes in flight: all its runs.</summary>
internal sealed record Measured
{
    /// <summary>The scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>What the client did.</summary>
    public required LoadKind Phase { get; init; }

    /// <summary>Where the client was.</summary>
    public required ClientPlace Client { get; init; }

    /// <summary>How many processes were under way at a time.</summary>
    public required int InFlight { get; init; }

    /// <summary>How many processes a run had.</summary>
    public required int Count { get; init; }

    /// <summary>How many steps each had.</summary>
    public required int Steps { get; init; }

    /// <summary>The processes per second of the runs that went before those that count, all phases together.</summary>
    public IReadOnlyList<double> WarmUp { get; set; } = [];

    /// <summary>Whether the last of those agree; else the time for them was over.</summary>
    public bool WarmUpIsStable { get; set; }

    /// <summary>The runs, in their order.</summary>
    public List<RunFigures> Runs { get; } = [];

    /// <summary>The medians of the runs.</summary>
    public RunFigures Median => RunFigures.MedianOf(Runs);

    /// <summary>
    /// Transactions per step by pg_stat_database, over all runs together; null when that was not measured.
    /// </summary>
    public double? TransactionsPerStep { get; set; }
}
