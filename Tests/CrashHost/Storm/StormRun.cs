using System.Globalization;
using Orleans.Workflows.CrashHost.Storm.Checking;
using Orleans.Workflows.CrashHost.Storm.Clients;
using Orleans.Workflows.CrashHost.Storm.Faults;

namespace Orleans.Workflows.CrashHost.Storm;

/// <summary>
/// A storm: a cluster under the load of its clients, faults of every kind, then quiet, and a look at what is left.
/// </summary>
/// <param name="options">How it is.</param>
/// <param name="print">Takes lines about what happens.</param>
public sealed class StormRun(StormOptions options, Action<string> print)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs it.</summary>
    /// <returns>
    /// What happened. The folder with the evidence stays when something did not hold; the report is printed, too.
    /// </returns>
    public async Task<StormReport> RunAsync()
    {
        print(
            string.Create(
                CultureInfo.InvariantCulture,
                $"seed {options.Seed}: {options.Silos} silos, {options.Clients} clients with {options.Workers} "
                + $"conversations each, faults for {options.Duration.TotalSeconds:0} s"));
        var cluster = await StormCluster.StartAsync(options);
        StormReport? report = null;
        try
        {
            print(
                cluster.WhyNoNetwork is { } why
                    ? $"SKIPPED, the cuts of the network: {why}"
                    : "each silo is in a network namespace of its own");
            var faults = new StormFaults(cluster, options, print);
            await faults.RunAsync();
            var drain = await DrainAsync(cluster);
            var evidence = await new EvidenceReader(cluster.Database).ReadAsync(
                cluster.Clients.Select(static client => client.Log),
                cluster.Folder.ReadLedger(),
                cluster.Silos.Select(static silo => silo.Ready?.Address ?? "").ToHashSet(),
                faults.Windows);
            evidence = evidence with { SiloTimes = [.. cluster.Silos.SelectMany(static silo => silo.Times.Read())] };
            report = new StormReport
            {
                Seed = options.Seed,
                NetworkWasCut = cluster.Network is not null,
                Faults = faults.Counts,
                Drain = drain,
                Figures = Figures(evidence, cluster, faults),
                Violations = StormChecker.Check(evidence),
                Troubles = [.. cluster.Clients.SelectMany(static client => client.Troubles)],
            };
            foreach (
                var process in report
                    .Violations.Select(static violation => violation.Process)
                    .Concat(CrashLoops(evidence))
                    .Distinct()
                    .Take(50))
            {
                await File.WriteAllTextAsync(
                    Path.Combine(cluster.Folder.Root, $"life-{process.Replace('/', '_')}.txt"),
                    Life.Of(evidence, process));
            }

            print(report.ToString());
            return report;
        }
        finally
        {
            await cluster.DisposeAsync();
            if (!options.Keep && report is { Violations.Count: 0, Troubles.Count: 0 })
            {
                cluster.Folder.Dispose();
            }
            else
            {
                print($"The evidence is in {cluster.Folder.Root}.");
            }
        }
    }

    /// <summary>Lets the clients end what they have begun, and waits until nothing is open.</summary>
    private async Task<TimeSpan> DrainAsync(StormCluster cluster)
    {
        cluster.Folder.Open("storm-over");
        var began = TimeProvider.System.GetTimestamp();
        var reader = new EvidenceReader(cluster.Database);
        var clients = Task.WhenAll(cluster.Clients.Select(static client => client.Done));
        while (
            TimeProvider.System.GetElapsedTime(began) < options.DrainLimit
            && !(clients.IsCompleted && await reader.OpenAsync() == (0, 0)))
        {
            await Task.Delay(Interval, TimeProvider.System);
        }

        return TimeProvider.System.GetElapsedTime(began);
    }

    private static IEnumerable<string> CrashLoops(Evidence evidence) =>
        evidence
            .Processes.Where(static process => process.Kinds.Contains(HistoryKind.IncidentOpened))
            .Select(static process => process.Id);

    private static List<(string Name, string Value)> Figures(
        Evidence evidence,
        StormCluster cluster,
        StormFaults faults)
    {
        var lines = evidence.Lines.ToList();
        var kinds = evidence
            .Processes.SelectMany(static process => process.Kinds)
            .CountBy(static kind => kind)
            .ToDictionary();
        return
        [
            (
                "processes",
                $"{evidence.Processes.Count}, {evidence.Processes.Count(static process => process.Parent is null)} of "
                + $"them started by clients"),
            ("starts acknowledged", Text(Count(CallKind.Start, CallPhase.Ok))),
            (
                "signals acknowledged",
                $"{Count(CallKind.Signal, CallPhase.Ok)}, "
                + $"{lines.Count(static line => line.Answer is ClientLine.Known)} of them known already"),
            ("results told", Text(Count(CallKind.Result, CallPhase.Ok))),
            (
                "calls of clients",
                $"{lines.Count(static line => line.Phase is CallPhase.Invoke)}, "
                + $"{lines.Count(static line => line.Phase is CallPhase.Unknown)} of them given up without an answer "
                + $"and made again"),
            ("types called unknown", Text(lines.Count(static line => line.UnknownAt is not null))),
            (
                "steps completed",
                $"{Happened(HistoryKind.StepCompleted)}; {evidence.Ledger.Count(static line => !line.Ended)} attempts "
                + $"began"),
            ("commits", Text(evidence.Processes.Sum(static process => process.Version))),
            (
                "taken over after a crash",
                $"{Happened(HistoryKind.Resumed)} times; "
                + $"{lines.Count(static line => line is { Kind: CallKind.Retry, Phase: CallPhase.Ok })} crash loops "
                + $"retried by their client"),
            (
                "times in which the rest had to go on",
                $"{evidence.Windows.Count}; the longest without an end "
                + $"{evidence.Windows.Select(window => GoodputCheck.LongestPause(window, evidence)).DefaultIfEmpty().Max().TotalSeconds:0.0} s"
            ),
            (
                "silos",
                $"{cluster.Silos.Sum(static silo => silo.Starts)} starts, "
                + $"{cluster.Silos.Sum(static silo => silo.FailedStarts)} that failed, "
                + $"{cluster.Silos.Sum(static silo => silo.OwnEnds)} ends without a kill; {faults.ZombiesEnded} frozen "
                + $"silos ended after they woke up"),
        ];

        long Count(CallKind kind, CallPhase phase) => lines.Count(line => line.Kind == kind && line.Phase == phase);

        long Happened(HistoryKind kind) => kinds.GetValueOrDefault(kind);

        static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
