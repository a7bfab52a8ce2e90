using System.Collections.Concurrent;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.Grains;

namespace Orleans.Workflows.Crash.CutOff;

/// <summary>What the steps of errands did, in order: the ledger of both silos.</summary>
public sealed class ErrandLedger
{
    private readonly ConcurrentDictionary<ProcessId, ConcurrentQueue<LedgerLine>> _lines = new();

    public void Write(StepContext step, bool ended)
    {
        ArgumentNullException.ThrowIfNull(step);
        _lines.GetOrAdd(step.ProcessId, static _ => new ConcurrentQueue<LedgerLine>())
            .Enqueue(new LedgerLine(step.ProcessId.Value, step.RunId, step.StepNumber, step.Attempt, step.Position, ended));
    }

    public IReadOnlyList<LedgerLine> Of(ProcessId id) => [.. _lines.GetValueOrDefault(id) ?? []];
}
