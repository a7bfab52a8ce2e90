namespace Orleans.Workflows.Abstractions;

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
}
