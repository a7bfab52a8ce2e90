using System.Diagnostics;
using System.Text.Json;
using Orleans.Workflows.Benchmarks.Measures;
using Orleans.Workflows.Benchmarks.Reporting;
using Orleans.Workflows.Benchmarks.Targets;

namespace Orleans.Workflows.Benchmarks.Scale;

/// <summary>
/// Runs scenarios of scale one after the other, each on a silo of its own, and prints what they find.
/// </summary>
/// <param name="options">What the command line asks for.</param>
/// <param name="output">Gets the findings.</param>
/// <param name="errors">Gets the progress.</param>
internal sealed class ScaleSuite(ScaleOptions options, TextWriter output, TextWriter errors)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The scenarios, in the order in which 'scale' runs them.</summary>
    public static IReadOnlyList<IScaleScenario> Scenarios { get; } =
    [new Waiting(), new Recovery(), new Overload(), new Soak()];

    /// <summary>Runs.</summary>
    /// <param name="scenarios">Which.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Completes when all is measured.</returns>
    /// <exception cref="BenchmarkException">Something could not be measured, or is not as it must be.</exception>
    public async Task RunAsync(IReadOnlyList<IScaleScenario> scenarios, CancellationToken cancellationToken)
    {
        await using var database = await Database.OpenAsync(options.ConnectionString, cancellationToken);
        var environment = MachineFacts.Read();
        foreach (var (name, value) in await database.ReadSettingsAsync(cancellationToken))
        {
            environment.Add($"postgres {name}", value);
        }

        Print("Where it is measured", environment);
        var all = new List<Findings>();
        foreach (var scenario in scenarios)
        {
            var findings = new Findings(scenario.Name);
            all.Add(findings);
            await RunAsync(scenario, database, findings, cancellationToken);
            Print(
                options.Quick ? $"{scenario.Name}; with --quick: shows that it works, not how well" : scenario.Name,
                findings.Lines);
        }

        if (options.JsonFile is { } file)
        {
            var content = all.ToDictionary(
                static findings => findings.Name,
                static findings => findings.Lines.ToDictionary());
            content.Add("environment", environment);
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(content, Indented), cancellationToken);
        }

        if (all.SelectMany(static findings => findings.Faults).ToList() is { Count: > 0 } faults)
        {
            throw new BenchmarkException(string.Join(Environment.NewLine, faults));
        }
    }

    private async Task RunAsync(
        IScaleScenario scenario,
        Database database,
        Findings findings,
        CancellationToken cancellationToken)
    {
        await using var meter = await DatabaseMeter.OpenAsync(database.ConnectionString, cancellationToken);
        var (began, machine, silo, server) = (
            Stopwatch.GetTimestamp(),
            MachineCpu.Busy(),
            Environment.CpuUsage.TotalTime,
            await meter.ReadAsync(cancellationToken));
        await scenario.RunAsync(options, database, findings, errors, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var ours = (Environment.CpuUsage.TotalTime - silo).TotalSeconds;
        var servers = (await meter.ReadAsync(cancellationToken)).CpuSeconds - server.CpuSeconds;
        findings.Note("the whole scenario", seconds, "s");
        findings.Note("CPUs that the benchmark used, silo and load", ours / seconds, decimals: 2);
        findings.Note("CPUs that PostgreSQL used", servers / seconds, decimals: 2);
        findings.Note(
            "CPUs that other programs used",
            (MachineCpu.Busy() - machine - ours - (servers ?? 0)) / seconds,
            decimals: 2);
    }

    private void Print(string title, IEnumerable<KeyValuePair<string, string>> lines)
    {
        var all = lines.ToList();
        var width = all.Max(static line => line.Key.Length);
        output.WriteLine();
        output.WriteLine(title);
        foreach (var (what, text) in all)
        {
            output.WriteLine($"  {what.PadRight(width)}  {text}");
        }
    }
}
