namespace Orleans.Workflows;

/// <summary>What kind of change a <see cref="ProcessTransition"/> is.</summary>
public enum TransitionKind
{
    /// <summary>A step is scheduled: the process becomes, or stays, Running.</summary>
    Run = 1,

    /// <summary>It begins to wait.</summary>
    Wait = 2,

    /// <summary>It finishes, with whatever exit code.</summary>
    Finish = 3,

    /// <summary>It ends by an error.</summary>
    Except = 4,

    /// <summary>It is killed, by an operator, its parent, itself or its deadline.</summary>
    Kill = 5,

    /// <summary>It is paused, by a control, by itself or by an incident. Its state stays.</summary>
    Pause = 6,

    /// <summary>It is played. Its state stays.</summary>
    Play = 7,

    /// <summary>A step has emitted an output. Its state stays.</summary>
    Output = 8,
}
