namespace Orleans.Workflows.Grains.Storage;

/// <summary>The true outcome of a commit.</summary>
public enum CommitStatus
{
    /// <summary>It is durable.</summary>
    Done = 0,

    /// <summary>The row has another version or last operation, or is gone: nothing was written.</summary>
    Conflict = 1,

    /// <summary>An insert found the row with another start request: nothing was written.</summary>
    AlreadyExists = 2,

    /// <summary>A child's id is taken by another process: nothing was written.</summary>
    ChildExists = 3,

    /// <summary>The database refuses this commit and would refuse it again: nothing was written.</summary>
    Rejected = 4,

    /// <summary>
    /// The database could not be reached, or has no room: nothing was written. The same commit can be tried again.
    /// </summary>
    Unavailable = 5,

    /// <summary>The queue is full: nothing was written. Only inserts of new processes get this.</summary>
    Overloaded = 6,
}
