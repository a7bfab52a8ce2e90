namespace Orleans.Workflows.Abstractions;

/// <summary>The answer to a start.</summary>
public enum StartStatus
{
    /// <summary>The process is stored.</summary>
    Created = 0,

    /// <summary>Another process has the id.</summary>
    AlreadyExists = 1,

    /// <summary>The input did not pass its validation; nothing is stored.</summary>
    InvalidInput = 2,

    /// <summary>No live silo knows the process type; nothing is stored.</summary>
    UnknownType = 3,

    /// <summary>
    /// The silo is short of memory or threads, or has more starts than it can store; this call stored nothing.
    /// </summary>
    Overloaded = 4,

    /// <summary>The store refuses the row; nothing is stored.</summary>
    Rejected = 5,

    /// <summary>
    /// The store cannot be reached; nothing is known to be stored. The same request can be sent again.
    /// </summary>
    Unavailable = 6,
}
