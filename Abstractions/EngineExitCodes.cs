namespace Orleans.Workflows.Abstractions;

/// <summary>The exit codes that the engine gives. 0 is success, 1 to 99 are the engine's, 100 and above are the definition's own.</summary>
public static class EngineExitCodes
{
    /// <summary>The process finished as intended: 0.</summary>
    public const int Success = 0;

    /// <summary>The lowest exit code that a definition can return for a failure of its own: 100.</summary>
    public const int FirstOfDefinitions = 100;

    /// <summary>The process was killed: 10.</summary>
    public const int Killed = 10;

    /// <summary>The process was killed because its deadline had passed: 11.</summary>
    public const int DeadlineExceeded = 11;

    /// <summary>A step failed for good: 12.</summary>
    public const int Excepted = 12;

    /// <summary>The output did not pass its validation: 13. The process is Finished; its failure names the ports.</summary>
    public const int OutputsInvalid = 13;
}
