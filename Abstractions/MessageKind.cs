namespace Orleans.Workflows;

/// <summary>What one party owes a process. The numbers are stored and never change.</summary>
public enum MessageKind
{
    /// <summary>A named signal with a payload.</summary>
    Signal = 1,

    /// <summary>Pause at the next boundary.</summary>
    Pause = 2,

    /// <summary>Go on; on an incident: try again.</summary>
    Play = 3,

    /// <summary>End.</summary>
    Kill = 4,

    /// <summary>A child has ended.</summary>
    ChildEnded = 5,

    /// <summary>Start a process that was created and not started, or is to start later.</summary>
    Continue = 6,

    /// <summary>End at once: a running step is abandoned without its grace period, and no hook runs.</summary>
    ForceKill = 7,

    /// <summary>On an incident: try the step again.</summary>
    Retry = 8,

    /// <summary>On an incident: take the step as completed and go on behind it, or at another step.</summary>
    Skip = 9,

    /// <summary>While it is paused: change its context.</summary>
    Edit = 10,

    /// <summary>While it is paused: replace its input.</summary>
    EditInput = 11,

    /// <summary>Give up a signal that the process has not taken in.</summary>
    Drop = 12,
}
