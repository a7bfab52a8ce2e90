using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>A write that changes nothing: it shows whether the database takes writes.</summary>
/// <param name="at">The time that it leaves behind.</param>
internal sealed class PingItem(DateTimeOffset at) : WriteItem<bool>(ProcessId.Parse("owf/ping"))
{
    /// <summary>The time that it leaves behind.</summary>
    public DateTimeOffset At { get; } = at;

    /// <inheritdoc/>
    public override bool IsUrgent => true;

    /// <summary>More than any batch holds, so that its outcome is its own.</summary>
    public override long SizeBytes => int.MaxValue;

    /// <inheritdoc/>
    public override string ToString() => "the store's ping";
}
