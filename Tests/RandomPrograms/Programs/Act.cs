namespace Orleans.Workflows.RandomPrograms.Programs;

/// <summary>What the outside does to a process.</summary>
public enum Act
{
    /// <summary>Pauses and plays it.</summary>
    Pause = 0,

    /// <summary>Pauses and plays it with its children.</summary>
    PauseTree = 1,

    /// <summary>Sends the signals again that were sent, under the same ids.</summary>
    Repeat = 2,

    /// <summary>Kills it.</summary>
    Kill = 3,

    /// <summary>Kills it by force.</summary>
    Force = 4,

    /// <summary>Kills its parent.</summary>
    KillParent = 5,
}
