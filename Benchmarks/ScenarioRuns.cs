using System.Diagnostics;
using System.Globalization;
using Orleans.Workflows.Benchmarks.Load;
using Orleans.Workflows.Benchmarks.Measures;
using Orleans.Workflows.Benchmarks.Reporting;
using Orleans.Workflows.Benchmarks.Scenarios;
using Orleans.Workflows.Benchmarks.Targets;

namespace Orleans.Workflows.Benchmarks;

/// <summary>
/// The runs of one scenario with one number of processes in flight: a warm-up until the speed is stable, and then as
/// many as are asked for.
/// </summary>
/// <param name="scenario">The scenario.</param>
/// <param name="inFlight">How many processes are under way at a time.</param>
/// <param name="options">What the command line asks for.</param>
/// <param name="errors">Gets the progress.</param>
/// <param name="report">Has the floor.</param>
internal sealed class ScenarioRuns(
    Scenario scenario,
    int inFlight,
    BenchmarkOptions options,
    TextWriter errors,
    Report report)
{
    /// <summary>What the baseline is asked for at most: it would need minutes for the counts of the engine.</summary>
    private const int BaselineCount = 2_000;

    private readonly string _prefix = string.Create(
        CultureInfo.InvariantCulture,
        $"{scenario.Name}-{Guid.CreateVersion7():N}-");

    private int Count =>
        options.Count
        ?? (
            options.Quick ? scenario.QuickCount
            : options.Store == StoreKind.AdoNetBaseline ? Math.Min(scenario.Count, BaselineCount)
            : scenario.Count);

    /// <summary>Measures.</summary>
    /// <param name="driver">The client.</param>
    /// <param name="audit">Checks each run.</param>
    /// <param name="database">The database; null for none.</param>
    /// <param name="batches">The batches.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The figures of each phase.</returns>
    public async Task<IReadOnlyList<Measured>> MeasureAsync(
        ILoadDriver driver,
        IAudit audit,
        DatabaseMeter? database,
        BatchMeter batches,
        CancellationToken cancellationToken)
    {
        var phases = scenario
            .Phases.Select(phase => new Measured
            {
                Scenario = scenario.Name,
                Phase = phase,
                Client = driver.Place,
                InFlight = inFlight,
                Count = Count,
                Steps = scenario.Steps,
            })
            .ToList();
        var warmUp = new WarmUp(options.LongestWarmUp);
        await warmUp.RunAsync(async round =>
        {
            // The first processes find code that is not compiled yet and files that are not grown yet; code that is
            // used often is compiled twice.
            var seconds = 0.0;
            foreach (var phase in phases)
            {
                seconds += (
                    await RunAsync(
                        phase,
                        PlanOf(phase, $"w{round}-", Count),
                        $"warm-up {round + 1}",
                        driver,
                        cancellationToken)
                ).Seconds;
            }

            return Count / seconds;
        });
        phases.ForEach(phase => (phase.WarmUp, phase.WarmUpIsStable) = (warmUp.PerSecond, warmUp.IsStable));
        (DatabaseCounters Counters, long At)? before =
            database is null || options.Quick ? null : await StatisticsAsync(database, cancellationToken);
        for (var run = 1; run <= options.Runs; run++)
        {
            var commits = 0L;
            foreach (var phase in phases)
            {
                var plan = PlanOf(phase, $"{run}-", Count);
                var meter = await RunMeter.StartAsync(database, batches, cancellationToken);
                var result = await RunAsync(phase, plan, $"run {run}/{options.Runs}", driver, cancellationToken);
                var figures = await meter.StopAsync(plan, result, cancellationToken);
                NoteRatio(figures);
                commits = await NoteCommitsAsync(figures, plan, commits, audit, cancellationToken);
                phase.Runs.Add(figures);
            }
        }

        if (database is not null && before is var (counters, at))
        {
            var (after, _) = await StatisticsAsync(database, cancellationToken);
            var transactions = after
                .Since(counters, database.Background, Stopwatch.GetElapsedTime(at).TotalSeconds)
                .Commits;
            phases[^1].TransactionsPerStep =
                transactions / (options.Runs * phases.Sum(phase => PlanOf(phase, "", Count).Units));
        }

        return phases;
    }

    private LoadPlan PlanOf(Measured phase, string run, int count) =>
        new(phase.Phase, $"{_prefix}{run}", count, scenario.Steps, inFlight, options.Deadline);

    private async Task<LoadResult> RunAsync(
        Measured phase,
        LoadPlan plan,
        string run,
        ILoadDriver driver,
        CancellationToken cancellationToken)
    {
        var name = $"{TextReport.NameOf(phase)}, {run}";
        var began = Stopwatch.GetTimestamp();
        errors.WriteLine($"{name}: {plan.Count:N0} processes");
        try
        {
            return await driver.RunAsync(
                plan,
                done =>
                    errors.WriteLine(
                        $"{name}: {done:N0}/{plan.Count:N0}, {done / Stopwatch.GetElapsedTime(began).TotalSeconds:N0}/s"
                    ),
                cancellationToken);
        }
        catch (BenchmarkException e)
        {
            throw new BenchmarkException($"{name}: {e.Message}", e);
        }
    }

    private void NoteRatio(RunFigures figures)
    {
        if (report.FloorOfRatio is { } floor && figures.TryGetValue("stepsPerSecond", out var steps))
        {
            figures.Note("stepsPerFloor", steps / report.Floor[floor].RowsPerSecond);
        }
    }

    /// <summary>The start of a process is a commit too, which is no step's.</summary>
    private static async Task<long> NoteCommitsAsync(
        RunFigures figures,
        LoadPlan plan,
        long before,
        IAudit audit,
        CancellationToken cancellationToken)
    {
        if (await audit.CommitsAsync(plan, cancellationToken) is not { } commits)
        {
            return 0;
        }

        figures.Note("commitsPerProcess", (double)(commits - before) / plan.Count);
        figures.Note(
            "commitsPerStep",
            plan.Kind == LoadKind.RunToEnd ? (double)(commits - plan.Count) / plan.Units : null);
        return commits;
    }

    private static async Task<(DatabaseCounters Counters, long At)> StatisticsAsync(
        DatabaseMeter database,
        CancellationToken cancellationToken)
    {
        await DatabaseMeter.SettleAsync(cancellationToken);
        return (await database.ReadAsync(cancellationToken), Stopwatch.GetTimestamp());
    }
}
