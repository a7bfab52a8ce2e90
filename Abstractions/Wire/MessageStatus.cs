namespace Orleans.Workflows.Abstractions;

/// <summary>The answer to a message.</summary>
public enum MessageStatus
{
    /// <summary>It is stored.</summary>
    Stored = 0,

    /// <summary>It was stored before.</summary>
    Duplicate = 1,

    /// <summary>There is no such process; nothing is stored.</summary>
    NotFound = 2,

    /// <summary>The process has ended; nothing is stored.</summary>
    Terminal = 3,

    /// <summary>
    /// The control makes no sense for the process as it stands, or the process has as many signals as it may have;
    /// nothing is stored. The control's answer or the faults say why.
    /// </summary>
    Refused = 4,
}
