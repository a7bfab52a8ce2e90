namespace Orleans.Workflows;

/// <summary>Why a process waits for an operator.</summary>
public enum IncidentCode
{
    /// <summary>A step failed for good, and its process type asks for an incident instead of an end.</summary>
    StepFailed = 1,

    /// <summary>A step was running each time that its host died.</summary>
    CrashLoop = 2,

    /// <summary>The stored position is not in the definition any more.</summary>
    PositionMissing = 3,

    /// <summary>A stored payload cannot be read as the definition's type.</summary>
    PayloadUnreadable = 4,

    /// <summary>No silo of the cluster has had the process type or its version for ten minutes.</summary>
    NotRunnable = 5,

    /// <summary>
    /// A step that timed out went on past its grace period, so that a next attempt would overlap with it.
    /// </summary>
    StepIgnoredCancellation = 6,

    /// <summary>The store refuses what the step returned, or what comes next for another reason.</summary>
    CommitRejected = 7,

    /// <summary>
    /// The last entries of the stored history are gone: somebody deleted them, or a part of the database was restored.
    /// </summary>
    HistoryTruncated = 8,

    /// <summary>
    /// What is stored is of a kind that the engine can neither work with nor name: each try to go on fails.
    /// </summary>
    StateUnusable = 9,
}
