namespace Orleans.Workflows;

/// <summary>
/// The exit codes that the engine gives. 0 is success, 1 to 99 are the engine's, 100 and above are the definition's
/// own.
/// </summary>
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

    /// <summary>
    /// The output did not pass its validation: 13. The process is Finished; its failure names the ports.
    /// </summary>
    public const int OutputsInvalid = 13;

    /// <summary>A restart chain ended because its child is Excepted: 30.</summary>
    public const int ChildExcepted = 30;

    /// <summary>A restart chain ended because its child was killed: 31.</summary>
    public const int ChildKilled = 31;

    /// <summary>A restart chain ended because its child was run as often as allowed and was not done: 32.</summary>
    public const int IterationsExceeded = 32;

    /// <summary>A restart chain ended because its child failed and no handler knew what to do: 33.</summary>
    public const int UnhandledFailure = 33;

    /// <summary>The label of an exit code of the engine.</summary>
    /// <param name="exitCode">The exit code.</param>
    /// <returns>
    /// The label, in capitals; <c>null</c> for success, for a code of a definition and for one that the engine does not
    /// give.
    /// </returns>
    public static string? LabelOf(int exitCode) => exitCode switch
    {
        Killed => "KILLED",
        DeadlineExceeded => "DEADLINE_EXCEEDED",
        Excepted => "EXCEPTED",
        OutputsInvalid => "OUTPUTS_INVALID",
        ChildExcepted => "CHILD_EXCEPTED",
        ChildKilled => "CHILD_KILLED",
        IterationsExceeded => "ITERATIONS_EXCEEDED",
        UnhandledFailure => "UNHANDLED_FAILURE",
        _ => null,
    };
}
