namespace Orleans.Workflows.Cli.Writing;

/// <summary>What went wrong, in the one shape that errors have (docs/operations/owf.md).</summary>
/// <param name="Code">Its kind, for scripts: the names never change.</param>
/// <param name="ExitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="Message">What happened.</param>
/// <param name="Hint">What to do; null for nothing that is known.</param>
internal sealed record Problem(string Code, int ExitCode, string Message, string? Hint = null)
{
    /// <summary>The process that it is about; null for none.</summary>
    public ProcessId? ProcessId { get; init; }

    /// <summary>The id of the signal or control that may have been stored; null for none.</summary>
    public string? MessageId { get; init; }

    /// <summary>The faults of an input, port by port.</summary>
    public IReadOnlyList<PortFault> Faults { get; init; } = [];

    /// <summary>The exception with its stack trace, when that is wanted.</summary>
    public string? Detail { get; init; }
}
