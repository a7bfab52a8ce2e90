using Orleans.Workflows.Benchmarks.Floors;
using Orleans.Workflows.Benchmarks.Load;
using Orleans.Workflows.Benchmarks.Measures;
using Orleans.Workflows.Benchmarks.Reporting;
using Orleans.Workflows.Benchmarks.Scenarios;
using Orleans.Workflows.Benchmarks.Targets;

namespace Orleans.Workflows.Benchmarks;

/// <summary>
/// Everything that one command line asks for: first the floor, then each scenario on a silo of its own.
/// </summary>
/// <param name="options">What the command line asks for.</param>
/// <param name="output">Gets the tables.</param>
/// <param name="errors">Gets the progress.</param>
internal sealed class Suite(BenchmarkOptions options, TextWriter output, TextWriter errors)
{
    private readonly TextReport _text = new(output);

    private bool NeedsDatabase => options.Store is StoreKind.Postgres or StoreKind.AdoNetBaseline;

    /// <summary>Measures, prints, and writes JSON if that is wanted.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Everything, when it is measured.</returns>
    /// <exception cref="BenchmarkException">Something could not be measured.</exception>
    public async Task<Report> RunAsync(CancellationToken cancellationToken)
    {
        await using var database = NeedsDatabase
            ? await Database.OpenAsync(options.ConnectionString, cancellationToken)
            : null;
        var environment = MachineFacts.Read();
        foreach (
            var (name, value) in database is null
                ? new Dictionary<string, string>()
                : await database.ReadSettingsAsync(cancellationToken))
        {
            environment.Add($"postgres {name}", value);
        }

        var report = new Report
        {
            Store = options.Store,
            Quick = options.Quick,
            At = TimeProvider.System.GetUtcNow(),
            Environment = environment,
        };
        _text.Write(environment);
        await MeasureFloorAsync(report, database, cancellationToken);
        foreach (var scenario in ScenarioList.Select(options.Scenario, options.Store == StoreKind.AdoNetBaseline))
        {
            await MeasureAsync(scenario, report, database, cancellationToken);
        }

        _text.WriteSummary(report);
        if (options.JsonFile is { } file)
        {
            await ReportJson.WriteAsync(report, file, cancellationToken);
        }

        return report;
    }

    private async Task MeasureFloorAsync(Report report, Database? database, CancellationToken cancellationToken)
    {
        var seconds = (int)options.FloorTime.TotalSeconds;
        if (seconds == 0 || options.Store == StoreKind.Memory)
        {
            return;
        }

        errors.WriteLine($"floor: {seconds} s for each figure");
        report.Floor.AddRange(
            database is null
                ? SqliteFloor.Measure(seconds)
                : await new PostgresFloor(database).MeasureAsync(
                    seconds,
                    what => errors.WriteLine($"floor: {what}"),
                    cancellationToken));
        report.FloorOfRatio = database is null ? SqliteFloor.Ratio : PostgresFloor.Ratio;
        _text.Write(report.Floor);
    }

    private async Task MeasureAsync(
        Scenario scenario,
        Report report,
        Database? database,
        CancellationToken cancellationToken)
    {
        await using var target = await TargetFactory.StartAsync(
            options.Store,
            database?.ConnectionString,
            cancellationToken);
        await using var meter = database is null
            ? null
            : await DatabaseMeter.OpenAsync(database.ConnectionString, cancellationToken);
        using var batches = new BatchMeter();
        if (meter is not null)
        {
            errors.WriteLine($"{scenario.Name}: the silo without load, for its background");
            await meter.MeasureBackgroundAsync(options.Background, cancellationToken);
        }

        foreach (var place in options.Clients is { Count: > 0 } clients ? clients : scenario.Clients)
        {
            await using ILoadDriver driver =
                place == ClientPlace.InProcess
                    ? new LocalDriver(target.Client)
                    : await RemoteDriver.StartAsync(
                        target.Gateway,
                        options.Store == StoreKind.AdoNetBaseline,
                        cancellationToken);
            foreach (
                var inFlight in options.InFlight is { Count: > 0 } given ? given
                : options.Quick ? [.. scenario.InFlight.Take(1)]
                : scenario.InFlight)
            {
                var runs = new ScenarioRuns(scenario, inFlight, options, errors, report);
                foreach (
                    var measured in await runs.MeasureAsync(driver, target.Audit, meter, batches, cancellationToken))
                {
                    report.Measured.Add(measured);
                    _text.Write(measured);
                }
            }
        }
    }
}
