using System.Globalization;
using Orleans.Workflows.Benchmarks.Load;

namespace Orleans.Workflows.Benchmarks.Reporting;

/// <summary>Writes tables for people.</summary>
/// <param name="output">Where they go.</param>
internal sealed class TextReport(TextWriter output)
{
    /// <summary>The name of what was measured.</summary>
    /// <param name="measured">What was measured.</param>
    /// <returns>The name.</returns>
    public static string NameOf(Measured measured)
    {
        var phase = measured.Phase switch
        {
            LoadKind.StartAndWait => ", start until all wait",
            LoadKind.SignalAndEnd => ", signal until all have ended",
            _ => "",
        };
        return $"{measured.Scenario}{phase}, {measured.InFlight} in flight, client "
            + $"{(measured.Client == ClientPlace.InProcess ? "in-process" : "through the gateway")}";
    }

    /// <summary>Writes where it is measured.</summary>
    /// <param name="environment">The facts.</param>
    public void Write(IReadOnlyDictionary<string, string> environment) =>
        Table([.. environment.Select(static fact => new[] { fact.Key, fact.Value })], alignLast: false);

    /// <summary>Writes what the database does by itself.</summary>
    /// <param name="floor">The figures.</param>
    public void Write(IReadOnlyList<FloorFigure> floor)
    {
        output.WriteLine();
        output.WriteLine("Floor: the database without the engine");
        Table(
            [
                ["", "clients", "rows/transaction", "rows/s", "ms/transaction", "other CPUs"],
                .. floor.Select(static figure =>
                    new[]
                    {
                        figure.Name,
                        Text(figure.Clients, 0),
                        Text(figure.RowsPerTransaction, 0),
                        Text(figure.RowsPerSecond, 0),
                        Text(figure.LatencyMs, 3),
                        figure.OtherCpus is { } others ? Text(others, 2) : "",
                    }),
            ],
            alignLast: true);
    }

    /// <summary>Writes the runs of something.</summary>
    /// <param name="measured">What was measured.</param>
    public void Write(Measured measured)
    {
        output.WriteLine();
        output.WriteLine($"{NameOf(measured)}: {measured.Count:N0} processes of {measured.Steps} steps");
        output.WriteLine(
            $"  warm-up: {string.Join(", ", measured.WarmUp.Select(static speed => Text(speed, 0)))} processes/s, "
            + $"{(measured.WarmUpIsStable ? "stable" : "not stable")}");
        var median = measured.Median;
        Table(
            [
                ["", .. Enumerable.Range(1, measured.Runs.Count).Select(static run => $"run {run}"), "median"],
                .. Figure
                    .All.Where(figure => median.ContainsKey(figure.Key))
                    .Select(figure =>
                        (string[])
                            [
                                figure.Title,
                                .. measured
                                    .Runs.Append(median)
                                    .Select(run =>
                                        run.TryGetValue(figure.Key, out var value) ? Text(value, figure.Decimals) : ""),
                            ]),
            ],
            alignLast: true);
        if (measured.TransactionsPerStep is { } transactions)
        {
            output.WriteLine($"  transactions/step by pg_stat_database, over all runs: {Text(transactions, 4)}");
        }
    }

    /// <summary>Writes one line for each.</summary>
    /// <param name="report">Everything.</param>
    public void WriteSummary(Report report)
    {
        string[] keys =
        [
            "processesPerSecond",
            "stepsPerSecond",
            "stepsPerFloor",
            "latencyP50Ms",
            "latencyP99Ms",
            "siloCpuMsPerProcess",
            "databaseCpuMsPerProcess",
        ];
        var figures = keys.Select(static key => Figure.All.Single(figure => figure.Key == key)).ToList();
        output.WriteLine();
        output.WriteLine(report.Quick ? "Medians; with --quick they show that it works, not how fast" : "Medians");
        Table(
            [
                ["", .. figures.Select(static figure => figure.Title)],
                .. report.Measured.Select(measured =>
                    (string[])
                        [
                            NameOf(measured),
                            .. figures.Select(figure =>
                                measured.Median.TryGetValue(figure.Key, out var value)
                                    ? Text(value, figure.Decimals)
                                    : ""),
                        ]),
            ],
            alignLast: true);
    }

    private void Table(IReadOnlyList<string[]> rows, bool alignLast)
    {
        var widths = Enumerable
            .Range(0, rows[0].Length)
            .Select(column => rows.Max(row => row[column].Length))
            .ToArray();
        foreach (var row in rows)
        {
            var cells = row.Select(
                (cell, column) =>
                    column == 0 ? cell.PadRight(widths[0])
                    : alignLast ? cell.PadLeft(widths[column])
                    : cell);
            output.WriteLine($"  {string.Join("  ", cells)}".TrimEnd());
        }
    }

    private static string Text(double value, int decimals) =>
        value.ToString($"N{decimals}", CultureInfo.InvariantCulture);
}
