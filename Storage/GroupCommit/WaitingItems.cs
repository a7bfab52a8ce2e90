namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>The items of one process that wait. Guarded by the queue.</summary>
internal sealed class WaitingItems(ProcessId id)
{
    /// <summary>The process.</summary>
    public ProcessId Id { get; } = id;

    /// <summary>Urgent items, first in first out.</summary>
    public Queue<WriteItem> Urgent { get; } = new(1);

    /// <summary>Ordinary items, first in first out.</summary>
    public Queue<WriteItem> Ordinary { get; } = new(1);

    /// <summary>Whether a writer holds an item of the process.</summary>
    public bool IsInBatch { get; set; }

    /// <summary>Whether the process stands in the urgent lane.</summary>
    public bool InUrgentLane { get; set; }

    /// <summary>Whether the process stands in the ordinary lane.</summary>
    public bool InOrdinaryLane { get; set; }

    /// <summary>
    /// Whether an ordinary item of the process is set aside: ordinary ones behind it wait. Urgent ones have no order
    /// among themselves.
    /// </summary>
    public bool IsAside { get; set; }

    /// <summary>Whether nothing refers to the process any more.</summary>
    public bool IsForgettable =>
        !IsInBatch && !IsAside && !InUrgentLane && !InOrdinaryLane && Urgent.Count == 0 && Ordinary.Count == 0;
}
