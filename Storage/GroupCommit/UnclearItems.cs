namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>
/// Remembers which items have failed alone, for a reason that may be theirs or the database's. An item whose like is
/// written for others again and again, between tries of its own that fail, is at fault itself: without this it would be
/// tried for ever wherever no other is in its batch.
/// </summary>
internal sealed class UnclearItems
{
    /// <summary>
    /// So many times the like of it was written in between: rights that come and go are not the item's.
    /// </summary>
    public const int Enough = 5;

    private const int Most = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<ProcessId, Failures> _failed = [];
    private volatile bool _any;

    /// <summary>Takes note of what was written. Costs the reading of a field while nothing fails.</summary>
    /// <param name="items">The items.</param>
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
                _failed.Remove(item.Id);
            }

            foreach (var failures in _failed.Values)
            {
                failures.IsFollowed |= items.Any(item => item.Touches.HasFlag(failures.Touches));
            }

            _any = _failed.Count > 0;
        }
    }

    /// <summary>Takes note that an item has failed alone.</summary>
    /// <param name="item">The item.</param>
    /// <returns>Whether it is at fault.</returns>
    public bool IsGuilty(WriteItem item)
    {
        lock (_lock)
        {
            if (!_failed.TryGetValue(item.Id, out var failures) || failures.Touches != item.Touches)
            {
                if (_failed.Count < Most)
                {
                    _failed[item.Id] = new Failures(item.Touches);
                    _any = true;
                }

                return false;
            }

            failures.Times += failures.IsFollowed ? 1 : 0;
            failures.IsFollowed = false;
            if (failures.Times < Enough)
            {
                return false;
            }

            _failed.Remove(item.Id);
            return true;
        }
    }

    /// <summary>The failures of one item.</summary>
    /// <param name="touches">What it touches.</param>
    private sealed class Failures(Touched touches)
    {
        public Touched Touches { get; } = touches;

        public int Times { get; set; }

        public bool IsFollowed { get; set; }
    }
}
