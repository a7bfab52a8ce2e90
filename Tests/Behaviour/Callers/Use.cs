namespace Orleans.Workflows.Behaviour.Callers;

/// <summary>What a step does with the client of its silo.</summary>
public enum Use
{
    /// <summary>Starts a process.</summary>
    Start = 0,

    /// <summary>Creates a process, and continues it.</summary>
    Create = 1,

    /// <summary>Executes a process.</summary>
    Execute = 2,

    /// <summary>Waits for a process that somebody else has started.</summary>
    Wait = 3,

    /// <summary>Has itself told of the end of such a process.</summary>
    OnFinish = 4,

    /// <summary>Starts a process without an id, and fails once.</summary>
    Anonymous = 5,

    /// <summary>Starts a process with a derived id, and fails once.</summary>
    Derived = 6,

    /// <summary>Does nothing with it.</summary>
    Nothing = 7,
}
