using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Grains.Supervision;

/// <summary>Keeps processes that were woken and still have not moved from being woken all the time: 5 s, then doubling to a minute.</summary>
/// <param name="pace">The clock by which it waits: one that does not jump.</param>
internal sealed class WakeBackoff(TimeProvider pace)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly long _began = pace.GetTimestamp();
    private readonly Dictionary<(ProcessId Id, long Cause), (TimeSpan Next, TimeSpan Delay)> _sent = [];

    /// <summary>Whether a process is to be woken now; if so, it is noted as woken.</summary>
    /// <param name="id">The process.</param>
    /// <param name="cause">Tells one reason for waking from the next: a due time, a message, an owner.</param>
    /// <param name="isUnderWay">Whether its first wake is under way: sent now, or so short a time ago that it may not have moved yet.</param>
    /// <returns>Whether it is.</returns>
    public bool MaySend(ProcessId id, long cause, out bool isUnderWay)
    {
        var now = pace.GetElapsedTime(_began);
        if (!_sent.TryGetValue((id, cause), out var sent))
        {
            _sent[(id, cause)] = (now + First, First);
            isUnderWay = true;
            return true;
        }

        isUnderWay = now < sent.Next && sent.Delay == First;
        if (now < sent.Next)
        {
            return false;
        }

        var delay = sent.Delay * 2 < Longest ? sent.Delay * 2 : Longest;
        _sent[(id, cause)] = (now + delay, delay);
        return true;
    }

    /// <summary>Forgets processes that were not met again for a while: they have moved.</summary>
    public void Prune()
    {
        var now = pace.GetElapsedTime(_began);
        foreach (var (key, sent) in _sent)
        {
            if (sent.Next + Longest < now)
            {
                _sent.Remove(key);
            }
        }
    }
}
