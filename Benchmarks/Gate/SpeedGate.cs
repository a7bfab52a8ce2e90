namespace Orleans.Workflows.Benchmarks.Gate;

/// <summary>
/// Finds out within a minute whether a change has made the engine much slower: hello5 and steps100 on PostgreSQL
/// against the database alone in the same run, and what a process allocates on the memory store, each compared with
/// what is recorded.
/// </summary>
/// <param name="file">The recorded figures.</param>
/// <param name="records">Whether to record what is measured instead of comparing it.</param>
internal sealed class SpeedGate(string file, bool records)
{
    private const int Runs = 3;

    /// <summary>Measures and compares.</summary>
    /// <param name="output">Gets the verdict.</param>
    /// <param name="errors">Gets the progress.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether every figure is within its bound.</returns>
    /// <exception cref="BenchmarkException">Something could not be measured, or nothing is recorded.</exception>
    public async Task<bool> IsGreenAsync(TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var recorded = records ? null : GateFigures.Read(file);
        var measured = new GateFigures(
            await MeasureAsync("hello5", StoreKind.Postgres, inFlight: 256, count: 3_000, "stepsPerFloor"),
            await MeasureAsync("steps100", StoreKind.Postgres, inFlight: 200, count: 200, "stepsPerFloor"),
            await MeasureAsync("hello5", StoreKind.Memory, inFlight: 256, count: 3_000, "allocatedKiBPerProcess"));
        if (recorded is null)
        {
            measured.Write(file);
            output.WriteLine($"Recorded in {file}: {measured}");
            return true;
        }

        var lines = recorded.Compare(measured).ToList();
        lines.ForEach(line => output.WriteLine(line.Line));
        return !lines.Exists(static line => line.IsRed);

        async Task<double> MeasureAsync(string scenario, StoreKind store, int inFlight, int count, string figure)
        {
            var options = new BenchmarkOptions
            {
                Scenario = scenario,
                Store = store,
                Clients = [Load.ClientPlace.InProcess],
                InFlight = [inFlight],
                Count = count,
                Runs = Runs,
                Deadline = TimeSpan.FromMinutes(1),
                FloorTime = TimeSpan.FromSeconds(1),
                Background = TimeSpan.FromSeconds(1),
                LongestWarmUp = TimeSpan.FromSeconds(5),
            };
            var report = await new Suite(options, TextWriter.Null, errors).RunAsync(cancellationToken);
            var runs = report.Measured[0].Runs.Select(run => run.GetValueOrDefault(figure, double.NaN));

            // The best run: other programs on the machine only ever make one worse.
            return store == StoreKind.Memory ? runs.Min() : runs.Max();
        }
    }
}
