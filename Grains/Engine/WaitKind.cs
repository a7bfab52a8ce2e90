namespace Orleans.Workflows.Grains.Engine;

/// <summary>What ends a wait. The numbers are stored.</summary>
internal enum WaitKind
{
    /// <summary>The time of a delayed start.</summary>
    Start = 1,

    /// <summary>A named signal, or its timeout.</summary>
    Signal = 2,

    /// <summary>A time.</summary>
    Time = 3,

    /// <summary>The end of all children of a step.</summary>
    Children = 4,

    /// <summary>The time of the next attempt.</summary>
    Retry = 5,
}
