namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>A write that changes nothing: it shows whether the database takes writes.</summary>
internal sealed class PingItem(DateTimeOffset at) : WriteItem<bool>(ProcessId.Parse("owf/ping"))
{
    /// <summary>The time that it leaves behind.</summary>
    public DateTimeOffset At { get; } = at;

    /// <inheritdoc/>
    public override bool IsUrgent => true;

    /// <summary>More than any batch holds, so that its outcome is its own.</summary>
    public override long SizeBytes => int.MaxValue;

    /// <summary>
    /// A lock on the row that it writes keeps no other row from being written: the database answers, and takes writes.
    /// </summary>
    public override bool TryDecideLocked()
    {
        Decide(true);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => "the store's ping";
}
