namespace Orleans.Workflows.Behaviour.Matrix;

/// <summary>Where a process stands when two controls reach it.</summary>
public enum Situation
{
    /// <summary>Created and not started.</summary>
    Created,

    /// <summary>Started paused: Created and paused.</summary>
    CreatedPaused,

    /// <summary>Running, and its step listens to its token.</summary>
    StepRunning,

    /// <summary>
    /// Running, and its step, which does not listen, returns right behind the controls: they meet its end in one turn.
    /// </summary>
    AtBoundary,

    /// <summary>Waiting for a signal.</summary>
    Waiting,

    /// <summary>Waiting and paused.</summary>
    WaitingPaused,

    /// <summary>Running and paused, between two steps.</summary>
    RunningPaused,

    /// <summary>Running and paused, with an incident whose cause is mended.</summary>
    Incident,

    /// <summary>Finished.</summary>
    Finished,

    /// <summary>Excepted.</summary>
    Excepted,

    /// <summary>Killed.</summary>
    Killed,
}
