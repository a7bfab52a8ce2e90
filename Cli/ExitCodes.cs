namespace Orleans.Workflows.Cli;

/// <summary>What a run of owf tells its caller. The numbers never change.</summary>
internal static class ExitCodes
{
    /// <summary>It was done.</summary>
    public const int Done = 0;

    /// <summary>It failed or was refused, or an awaited process did not succeed.</summary>
    public const int Failed = 1;

    /// <summary>The command line, or a value on it, is wrong.</summary>
    public const int WrongUsage = 2;

    /// <summary>There is no such process, or no such process type.</summary>
    public const int NotFound = 3;

    /// <summary>There is no connection to a silo, or it cannot take the call now.</summary>
    public const int Unavailable = 4;

    /// <summary>The id of a start is taken.</summary>
    public const int AlreadyExists = 5;

    /// <summary>The awaited process has an incident: with <c>--fail-on-incident</c>, or again after a retry.</summary>
    public const int Incident = 6;

    /// <summary>Ctrl+C, or a request to terminate.</summary>
    public const int Interrupted = 130;

    /// <summary>The list for the help.</summary>
    public static IReadOnlyList<string> Lines { get; } =
    [
        $"{Done,3}  done",
        $"{Failed,3}  failed or refused, or the awaited process did not succeed",
        $"{WrongUsage,3}  wrong usage",
        $"{NotFound,3}  no such process or process type",
        $"{Unavailable,3}  no connection to a silo, or it cannot take the call now",
        $"{AlreadyExists,3}  the id of a start is taken",
        $"{Incident,3}  the awaited process has an incident: with --fail-on-incident, or again after a retry",
        $"{Interrupted,3}  interrupted; processes go on",
    ];
}
