namespace Orleans.Workflows.RandomPrograms.Programs;

/// <summary>How a root is launched.</summary>
public enum StartMode
{
    /// <summary>At once.</summary>
    Now = 0,

    /// <summary>
    /// Paused; it is played when its early signals are sent, so that it has seen them all before its first step.
    /// </summary>
    Paused = 1,

    /// <summary>Later.</summary>
    Delayed = 2,

    /// <summary>Created, and continued afterwards.</summary>
    Created = 3,
}
