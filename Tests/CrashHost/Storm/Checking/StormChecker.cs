using Orleans.Workflows.CrashHost.Storm.Clients;

namespace Orleans.Workflows.CrashHost.Storm.Checking;

/// <summary>
/// Holds the evidence of a storm against what the engine promises. It knows nothing of the engine but its promises.
/// </summary>
public static class StormChecker
{
    /// <summary>Finds what is wrong.</summary>
    /// <param name="evidence">The evidence, read after everything had the time to end.</param>
    /// <returns>The violations; empty when all promises were kept.</returns>
    public static IReadOnlyList<Violation> Check(Evidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var lines = evidence.Lines.ToLookup(static line => line.Process);
        var ledger = evidence.Ledger.ToLookup(static line => line.ProcessId);
        var messages = evidence.Messages.ToLookup(static message => message.Process);
        var children = evidence
            .Processes.Where(static process => process.Parent is not null)
            .ToLookup(static process => process.Parent!);
        var known = evidence.Processes.ToDictionary(static process => process.Id);
        var violations = lines
            .Where(told => !known.ContainsKey(told.Key))
            .SelectMany(static told => StartCheck.Missing([.. told]))
            .ToList();
        foreach (var process in evidence.Processes)
        {
            IReadOnlyList<ClientLine> told = [.. lines[process.Id]];
            violations.AddRange(StartCheck.Find(process, told, known));
            violations.AddRange(AnswerCheck.Find(process, told));
            violations.AddRange(LivenessCheck.Find(process, [.. messages[process.Id]], evidence));
            violations.AddRange(HistoryCheck.Find(process, children[process.Id].Count()));
            violations.AddRange(StepCheck.Find(process, [.. ledger[process.Id]]));
            violations.AddRange(EndCheck.Find(process, KilledOnPurpose(process, lines, known)));
            violations.AddRange(TimeCheck.Find(process, told, [.. ledger[process.Id]]));
            violations.AddRange(SignalCheck.Find(process, told, [.. messages[process.Id]]));
            violations.AddRange(TypeCheck.Find(process, told, evidence.SiloTimes));
        }

        violations.AddRange(GoodputCheck.Find(evidence));
        return
        [
            .. violations,
            .. ledger
                .Where(of => !known.ContainsKey(of.Key))
                .Select(static of => new Violation(
                    ViolationKind.NotAsked,
                    of.Key,
                    "the ledger has steps of it, and the database does not have it")),
        ];
    }

    /// <summary>Whether a client asked to kill the process, or the root of its tree.</summary>
    private static bool KilledOnPurpose(
        ProcessEvidence process,
        ILookup<string, ClientLine> lines,
        Dictionary<string, ProcessEvidence> known)
    {
        var root = process;
        while (root.Parent is { } parent && known.TryGetValue(parent, out var next))
        {
            root = next;
        }

        return lines[root.Id].Any(static line => line.Kind is CallKind.Kill);
    }
}
