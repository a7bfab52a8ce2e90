using System.Collections.Concurrent;

namespace Orleans.Workflows.Grains.Running;

/// <summary>
/// The lanes of this silo whose steps run or wait to be let in, and whether the silo still begins steps.
/// </summary>
internal sealed class ActiveLanes
{
    private readonly ConcurrentDictionary<ProcessId, ProcessLane> _lanes = new();

    /// <summary>Whether the silo stops: no step is begun any more.</summary>
    public bool IsDraining { get; private set; }

    /// <summary>The lanes, in no order.</summary>
    /// <remarks>
    /// By the dictionary's own method: a spread asks for the count first, and has empty places when processes leave
    /// meanwhile.
    /// </remarks>
    public IReadOnlyCollection<KeyValuePair<ProcessId, ProcessLane>> All => _lanes.ToArray();

    /// <summary>Whether a process has an active lane here.</summary>
    public bool Contains(ProcessId id) => _lanes.ContainsKey(id);

    /// <summary>Takes note of a lane that is active.</summary>
    public void Add(ProcessId id, ProcessLane lane)
    {
        // Said with every turn, and almost always known: reading takes no lock.
        if (!_lanes.TryGetValue(id, out var known) || known != lane)
        {
            _lanes[id] = lane;
        }
    }

    /// <summary>Takes note of a lane that is active no more. Another activation's of the same process stays.</summary>
    public void Remove(ProcessId id, ProcessLane lane) =>
        _lanes.TryRemove(new KeyValuePair<ProcessId, ProcessLane>(id, lane));

    /// <summary>Tells the step of a process to stop, if it runs in this silo.</summary>
    public void Cancel(ProcessId id, StopReason reason)
    {
        if (_lanes.TryGetValue(id, out var lane))
        {
            lane.Cancel(reason);
        }
    }

    /// <summary>Begins no more steps.</summary>
    public void Drain() => IsDraining = true;
}
