namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>The deletion of trees that have ended.</summary>
internal sealed class PurgeItem(DateTimeOffset finishedBefore, int limit) : WriteItem<int>(ProcessId.Parse("owf/purge"))
{
    /// <summary>The time before which they ended.</summary>
    public DateTimeOffset FinishedBefore { get; } = finishedBefore;

    /// <summary>How many trees at most.</summary>
    public int Limit { get; } = limit;

    /// <summary>
    /// More than any batch holds, so that it has a transaction of its own: it must work when others find no room.
    /// </summary>
    public override long SizeBytes => int.MaxValue;

    /// <summary>What is locked is purged another time.</summary>
    public override bool TryDecideLocked()
    {
        Decide(0);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"the purge of at most {Limit} trees";
}
