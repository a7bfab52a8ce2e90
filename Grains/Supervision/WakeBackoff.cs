using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Grains.Supervision;

/// <summary>
/// Keeps processes that were woken and still have not moved from being woken all the time: 5 s, then doubling to a
/// minute.
/// </summary>
/// <param name="pace">The clock by which it waits: one that does not jump.</param>
internal sealed class WakeBackoff(TimeProvider pace)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly long _began = pace.GetTimestamp();
    private readonly Dictionary<ProcessId, (long Cause, TimeSpan Next, TimeSpan Delay)> _sent = [];

    /// <summary>Whether a process may be woken now.</summary>
    /// <param name="id">The process.</param>
    /// <param name="cause">
    /// Tells one reason for waking from the next: a due time, what is in the inbox, an owner. A new one begins anew.
    /// </param>
    /// <param name="isFirst">Whether it was not woken for that yet.</param>
    public bool MayWake(ProcessId id, long cause, out bool isFirst)
    {
        isFirst = !_sent.TryGetValue(id, out var sent) || sent.Cause != cause;
        return isFirst || pace.GetElapsedTime(_began) >= sent.Next;
    }

    /// <summary>Takes note that a process is woken now.</summary>
    public void Note(ProcessId id, long cause)
    {
        var delay =
            !_sent.TryGetValue(id, out var sent) || sent.Cause != cause ? First : BackOff.After(sent.Delay, Longest);
        _sent[id] = (cause, pace.GetElapsedTime(_began) + delay, delay);
    }

    /// <summary>Forgets all of them: there is a new reason to wake each.</summary>
    public void Clear() => _sent.Clear();

    /// <summary>Forgets processes that were not met again for a while: they have moved.</summary>
    public void Prune()
    {
        var now = pace.GetElapsedTime(_began);
        foreach (var (id, sent) in _sent)
        {
            if (sent.Next + Longest < now)
            {
                _sent.Remove(id);
            }
        }
    }
}
