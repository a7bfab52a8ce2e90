namespace Orleans.Workflows.RandomPrograms.Programs;

/// <summary>How a program is interpreted.</summary>
public enum ProgramShape
{
    /// <summary>By a step machine, whose place is its number of steps and whose notes are emitted outputs.</summary>
    Machine = 0,

    /// <summary>By a work chain, whose place and notes are in its context.</summary>
    Chain = 1,

    /// <summary>By a step machine whose failures are incidents.</summary>
    MendedMachine = 2,

    /// <summary>By a work chain whose failures are incidents.</summary>
    MendedChain = 3,
}
