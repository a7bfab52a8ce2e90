using System.Globalization;
using System.Text.Json;
using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.CrashHost.Storm.Clients;
using Orleans.Workflows.CrashHost.Storm.Processes;

namespace Orleans.Workflows.CrashHost.Storm.Checking;

/// <summary>
/// No time comes early, whatever clocks show: by the true time, which the ledger and the clients' logs have.
/// </summary>
internal static class TimeCheck
{
    /// <summary>What readings of a clock over a slow network may be apart.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(250);

    /// <summary>Checks the times of a process.</summary>
    /// <param name="process">The process.</param>
    /// <param name="told">What its client wrote down.</param>
    /// <param name="ledger">The ledger's lines about it.</param>
    /// <returns>What is wrong.</returns>
    public static IEnumerable<Violation> Find(
        ProcessEvidence process,
        IReadOnlyList<ClientLine> told,
        IReadOnlyList<LedgerLine> ledger)
    {
        if (process.Type == StormTypes.Alarms.Name)
        {
            return Waits(process, ledger);
        }

        return process.Type == StormTypes.Doomed.Name ? Deadline(process, told) : [];
    }

    /// <summary>Each step but the first comes after a wait that began when the step before it had ended.</summary>
    private static IEnumerable<Violation> Waits(ProcessEvidence process, IReadOnlyList<LedgerLine> ledger)
    {
        var waits = JsonSerializer.Deserialize<AlarmsInput>(process.Input, WorkflowJson.Options)!.Milliseconds;
        for (var number = 0; number < waits.Count; number++)
        {
            var ended = ledger
                .Where(line => line.Number == number && line.Ended)
                .Select(static line => line.At)
                .ToList();
            var began = ledger
                .Where(line => line.Number == number + 1 && !line.Ended)
                .Select(static line => line.At)
                .ToList();
            if (
                ended.Count > 0
                && began.Count > 0
                && began.Min() - ended.Min() is var waited
                && waited < TimeSpan.FromMilliseconds(waits[number]) - Tolerance)
            {
                yield return new Violation(
                    ViolationKind.EndedEarly,
                    process.Id,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"it waited {waited.TotalMilliseconds:0} ms after step {number}, and had to wait "
                        + $"{waits[number]} ms"));
            }
        }
    }

    /// <summary>
    /// The deadline counts from the creation, which is no sooner than the first call; a client is told of the end after
    /// it.
    /// </summary>
    private static IEnumerable<Violation> Deadline(ProcessEvidence process, IReadOnlyList<ClientLine> told)
    {
        var deadline = JsonSerializer.Deserialize<DoomedInput>(process.Input, WorkflowJson.Options)!.Deadline;
        var starts = told.Where(static line => line is { Kind: CallKind.Start, Phase: CallPhase.Invoke })
            .Select(static line => line.At)
            .ToList();
        var ends = told.Where(static line => line is { Kind: CallKind.Result, Phase: CallPhase.Ok })
            .Select(static line => line.At)
            .ToList();
        if (
            starts.Count > 0
            && ends.Count > 0
            && ends.Min() - starts.Min() is var lived
            && lived < deadline - Tolerance)
        {
            yield return new Violation(
                ViolationKind.EndedEarly,
                process.Id,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"it was killed within {lived.TotalMilliseconds:0} ms, and its deadline was "
                    + $"{deadline.TotalMilliseconds:0} ms after its start"));
        }
    }
}
