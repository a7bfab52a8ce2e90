using System.Collections.Concurrent;

namespace Orleans.Workflows.Grains.Running;

/// <summary>Counts how often in a row a process could not be worked with for no reason that the engine knows.</summary>
internal sealed class FailureCounts
{
    private const int Most = 3;

    private readonly ConcurrentDictionary<ProcessId, int> _counts = new();

    /// <summary>Counts a failure.</summary>
    /// <returns>Whether that is enough: the third time without a commit in between.</returns>
    public bool Add(ProcessId id) => _counts.AddOrUpdate(id, 1, static (_, count) => count + 1) >= Most;

    /// <summary>Begins anew: the process has moved.</summary>
    public void Forget(ProcessId id) => _counts.TryRemove(id, out _);
}
