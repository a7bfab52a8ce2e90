namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>
/// Remembers which items have failed alone, for a reason that may be theirs or the database's. An item whose like is
/// written again and again, between tries of its own that fail, is at fault itself: without this it would be tried for
/// ever wherever no other is in its batch.
/// </summary>
internal sealed class UnclearItems(TimeProvider time)
{
    /// <summary>
    /// So many times the like of it was written in between: rights that come and go are not the item's.
    /// </summary>
    public const int Enough = 5;

    /// <summary>
    /// What was not tried for so long does not count any more: its process has ended, or is another silo's.
    /// </summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private const int Most = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<ProcessId, Failures> _failed = [];
    private volatile bool _any;
    private long _prunedAt;

    /// <summary>How many items are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _failed.Count;
            }
        }
    }

    /// <summary>Takes note of what was written. Costs the reading of a field while nothing fails.</summary>
    public void Written(IReadOnlyList<WriteItem> items)
    {
        if (!_any)
        {
            return;
        }

        lock (_lock)
        {
            foreach (var item in items)
            {
                // A message that a client sends to a process says nothing of the commit that it cannot make.
                if (_failed.TryGetValue(item.Id, out var failures) && item.Touches.HasFlag(failures.Touches))
                {
                    _failed.Remove(item.Id);
                }
            }

            Prune();
            foreach (var failures in _failed.Values)
            {
                failures.IsFollowed =
                    failures.IsFollowed || items.Any(item => item.Touches.HasFlag(failures.Touches));
            }

            _any = _failed.Count > 0;
        }
    }

    /// <summary>
    /// Whether it has failed before, and nothing was written since that touches the same: then only the database can
    /// say whose fault it is.
    /// </summary>
    public bool IsLeftAlone(WriteItem item)
    {
        lock (_lock)
        {
            return _failed.TryGetValue(item.Id, out var failures)
                && failures.Touches == item.Touches
                && !failures.IsFollowed;
        }
    }

    /// <summary>Takes note that an item has failed alone.</summary>
    /// <param name="item">The item.</param>
    /// <param name="isLikeTaken">Whether the database takes its like just now, as far as it was asked.</param>
    public bool IsGuilty(WriteItem item, bool isLikeTaken = false)
    {
        lock (_lock)
        {
            Prune();
            if (!_failed.TryGetValue(item.Id, out var failures) || failures.Touches != item.Touches)
            {
                if (_failed.Count < Most)
                {
                    _failed[item.Id] = new Failures(item.Touches) { At = time.GetTimestamp() };
                    _any = true;
                }

                return false;
            }

            failures.Times += failures.IsFollowed || isLikeTaken ? 1 : 0;
            (failures.IsFollowed, failures.At) = (false, time.GetTimestamp());
            if (failures.Times < Enough)
            {
                return false;
            }

            _failed.Remove(item.Id);
            return true;
        }
    }

    private void Prune()
    {
        var now = time.GetTimestamp();
        if (_prunedAt != 0 && time.GetElapsedTime(_prunedAt, now) < Life / 10)
        {
            return;
        }

        _prunedAt = now;
        foreach (var (id, failures) in _failed)
        {
            if (time.GetElapsedTime(failures.At, now) >= Life)
            {
                _failed.Remove(id);
            }
        }
    }

    /// <summary>The failures of one item.</summary>
    private sealed class Failures(Touched touches)
    {
        public Touched Touches { get; } = touches;

        public int Times { get; set; }

        public bool IsFollowed { get; set; }

        public long At { get; set; }
    }
}
