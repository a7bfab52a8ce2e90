namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>Whether the queue took an item.</summary>
internal enum Admission
{
    /// <summary>It did.</summary>
    Taken = 0,

    /// <summary>The queue is full, and the item is one that can be refused.</summary>
    Full = 1,

    /// <summary>The queue is closed.</summary>
    Closed = 2,
}
