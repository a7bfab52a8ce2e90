using Orleans.Workflows.CrashHost.Driving;

namespace Orleans.Workflows.CrashHost.Storm.Checking;

/// <summary>
/// A step whose completion is stored never runs again, and no attempt runs that no commit has scheduled.
/// </summary>
internal static class StepCheck
{
    /// <summary>Checks what a process's steps wrote into the ledger.</summary>
    /// <param name="process">The process.</param>
    /// <param name="lines">The ledger's lines about it.</param>
    /// <returns>What is wrong.</returns>
    public static IEnumerable<Violation> Find(ProcessEvidence process, IReadOnlyList<LedgerLine> lines)
    {
        var scheduled = Attempts(process);
        if (process.State is ProcessState.Finished)
        {
            foreach (var fault in LedgerCheck.Faults(lines, scheduled.Count))
            {
                yield return new Violation(ViolationKind.StepOrder, process.Id, fault);
            }
        }

        foreach (
            var line in lines
                .Where(line => line.Number >= scheduled.Count || line.Attempt > scheduled[line.Number])
                .DistinctBy(static line => (line.Number, line.Attempt)))
        {
            yield return new Violation(
                ViolationKind.StepNotScheduled,
                process.Id,
                $"key {line.Number} attempt {line.Attempt} {(line.Ended ? "ended" : "began")}, and the history has "
                + $"scheduled {string.Join(",", scheduled)} attempts of its steps");
        }
    }

    /// <summary>
    /// How many attempts the history has of each step; the last one has not completed, unless the process is finished.
    /// </summary>
    private static List<int> Attempts(ProcessEvidence process)
    {
        var attempts = new List<int>();
        var current = 1;
        foreach (var happened in process.Events)
        {
            switch (happened.Kind)
            {
                case HistoryKind.StepCompleted:
                    attempts.Add(current);
                    current = 1;
                    break;
                case HistoryKind.Resumed or HistoryKind.RetryScheduled or HistoryKind.IncidentResolved:
                    current++;
                    break;
                case HistoryKind.IncidentOpened
                    when happened.Text?.StartsWith(nameof(IncidentCode.CrashLoop), StringComparison.Ordinal) is true:
                    // The number of the attempt that was not made any more.
                    current++;
                    break;
            }
        }

        return process.State is ProcessState.Finished ? attempts : [.. attempts, current];
    }
}
