using System.Collections.Concurrent;

namespace Orleans.Workflows.Cluster.Sweeps;

/// <summary>Which processes an operator has repaired.</summary>
public sealed class Repairs
{
    private readonly ConcurrentDictionary<ProcessId, bool> _repaired = new();

    public void Repair(ProcessId id) => _repaired[id] = true;

    public bool IsRepaired(ProcessId id) => _repaired.ContainsKey(id);
}
