namespace Orleans.Workflows.RandomPrograms.Programs;

/// <summary>What an instruction does.</summary>
public enum InstructionKind
{
    /// <summary>An effect outside, which may fail at first.</summary>
    Work = 0,

    /// <summary>Waits for a signal.</summary>
    Wait = 1,

    /// <summary>Waits for a time.</summary>
    Sleep = 2,

    /// <summary>Runs programs as children and awaits them.</summary>
    Children = 3,

    /// <summary>Sets the status text.</summary>
    Say = 4,

    /// <summary>Pauses itself; the outside plays it.</summary>
    PauseSelf = 5,

    /// <summary>Kills itself.</summary>
    KillSelf = 6,

    /// <summary>Finishes with an exit code.</summary>
    Exit = 7,

    /// <summary>A step that ends only by its token: the outside kills the process.</summary>
    Hold = 8,
}
