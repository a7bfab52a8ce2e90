namespace Orleans.Workflows;

/// <summary>
/// What a handler of a restart chain says of the last run. The report of the last handler that made one counts.
/// </summary>
public sealed record HandlerReport
{
    /// <summary>The inputs are adjusted: the child is run again.</summary>
    public static HandlerReport Restart { get; } = new();

    /// <summary>The last run is good as it is: the chain is done.</summary>
    public static HandlerReport Done { get; } = new() { IsDone = true };

    /// <summary>There is no use in running it again: the chain ends with an exit code that it declares.</summary>
    /// <param name="exitCode">The exit code, filled in.</param>
    /// <returns>The report.</returns>
    public static HandlerReport Abort(ExitCode exitCode)
    {
        ArgumentNullException.ThrowIfNull(exitCode);
        return new HandlerReport { ExitCode = exitCode };
    }

    /// <summary>Whether handlers of lower priority are not called any more. Default: <c>false</c>.</summary>
    public bool Break { get; init; }

    /// <summary>The exit code with which the chain ends; null for none.</summary>
    public ExitCode? ExitCode { get; private init; }

    /// <summary>Whether the chain is done.</summary>
    public bool IsDone { get; private init; }
}
