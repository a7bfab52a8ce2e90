using System.Diagnostics;
using System.Globalization;
using Orleans.Workflows.Benchmarks.Load;
using Orleans.Workflows.Benchmarks.Measures;
using Orleans.Workflows.Benchmarks.Reporting;
using Orleans.Workflows.Benchmarks.Targets;

namespace Orleans.Workflows.Benchmarks.Cold;

/// <summary>
/// What a silo can do that has just been started, beside what it can do when all its code is compiled: each run in a
/// process of its own.
/// </summary>
/// <param name="store">Where the processes are kept.</param>
/// <param name="connectionString">A PostgreSQL database; null to start a server for the store that needs one.</param>
/// <param name="count">How many processes are measured at a time.</param>
/// <param name="runs">How many silos are started.</param>
internal sealed class ColdSuite(StoreKind store, string? connectionString, int count, int runs)
{
    /// <summary>Measures and prints.</summary>
    /// <param name="output">Gets the tables.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Completes when all is measured.</returns>
    /// <exception cref="BenchmarkException">A silo could not be measured.</exception>
    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        await using var database =
            store == StoreKind.Postgres ? await Database.OpenAsync(connectionString, cancellationToken) : null;
        new TextReport(output).Write(MachineFacts.Read());
        var results = new List<ColdResult>();
        for (var run = 1; run <= runs; run++)
        {
            var (machine, children) = (MachineCpu.Busy(), MachineCpu.OfEndedChildren());
            var (result, seconds) = await MeasureAsync(database?.ConnectionString, cancellationToken);
            results.Add(result);
            output.WriteLine();
            output.WriteLine(
                $"silo {run}: takes calls after {Text(result.ReadySeconds, 2)} s; {count:N0} processes after the "
                + $"other: {string.Join(", ", result.PerSecond.Select(static speed => Text(speed, 0)))} processes/s, "
                + $"{(result.IsStable ? "stable" : "not stable")}");
            output.WriteLine(
                $"  CPUs that the silo used {Text((MachineCpu.OfEndedChildren() - children) / seconds ?? 0, 2)}, all "
                + $"programs {Text((MachineCpu.Busy() - machine) / seconds ?? 0, 2)}");
        }

        output.WriteLine();
        Median(output, "until it takes calls, s", static result => result.ReadySeconds, 2);
        Median(output, "first processes/s", static result => result.First, 0);
        Median(output, "then, processes/s", static result => result.Reached, 0);
        Median(output, "first : then", static result => result.First / result.Reached, 2);

        void Median(TextWriter writer, string what, Func<ColdResult, double> figure, int decimals) =>
            writer.WriteLine($"median, {what}: {Text(Percentile.Median(results.Select(figure))!.Value, decimals)}");
    }

    private async Task<(ColdResult Result, double Seconds)> MeasureAsync(
        string? database,
        CancellationToken cancellationToken)
    {
        string[] command =
        [
            "cold-silo",
            "--store",
            StoreNames.Of(store),
            "--count",
            count.ToString(CultureInfo.InvariantCulture),
        ];
        var began = Stopwatch.GetTimestamp();
        using var silo = OwnProgram.Start(database is null ? command : [.. command, "--connection-string", database]);
        try
        {
            var result = new ColdResult();
            while (await silo.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            {
                result.Read(line, Stopwatch.GetElapsedTime(began));
            }

            await silo.WaitForExitAsync(cancellationToken);
            return silo.ExitCode == 0 && result.PerSecond.Count > 0
                ? (result, Stopwatch.GetElapsedTime(began).TotalSeconds)
                : throw new BenchmarkException(
                    $"The silo's process ended with {silo.ExitCode}; what it has to say is on standard error.");
        }
        finally
        {
            if (!silo.HasExited)
            {
                silo.Kill();
            }
        }
    }

    private static string Text(double value, int decimals) =>
        value.ToString($"N{decimals}", CultureInfo.InvariantCulture);
}
