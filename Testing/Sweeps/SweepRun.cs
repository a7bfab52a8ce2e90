namespace Orleans.Workflows.Testing;

/// <summary>One run of a sweep, after its end.</summary>
public sealed record SweepRun
{
    /// <summary>The process.</summary>
    public required ProcessId Id { get; init; }

    /// <summary>
    /// Where its first silo was cut off; <c>null</c> for the run that was not interrupted, and for one that ended
    /// before its point.
    /// </summary>
    public required CrashPoint? CrashPoint { get; init; }

    /// <summary>The access at which the silo was cut off, for people; <c>null</c> when it was not.</summary>
    public required string? CutAt { get; init; }

    /// <summary>How it ended.</summary>
    public required ProcessOutcome Outcome { get; init; }

    /// <summary>Its history.</summary>
    public required IReadOnlyList<HistoryEntry> History { get; init; }

    /// <summary>
    /// What its steps did, and those of its descendants: one with a key once, however often it was done.
    /// </summary>
    public required IReadOnlyList<Effect> Effects { get; init; }

    /// <summary>What happened to it, in order.</summary>
    public IEnumerable<HistoryKind> Happened =>
        History.SelectMany(static entry => entry.Events).Select(static happened => happened.Kind);

    /// <summary>Reads the output.</summary>
    /// <typeparam name="T">The output's type.</typeparam>
    /// <returns>The output.</returns>
    /// <exception cref="InvalidOperationException">It has none; the message says how it ended.</exception>
    /// <exception cref="PayloadException">It is not one of that type.</exception>
    public T Output<T>() =>
        Outcome.Output is { } json
            ? WorkflowJson.Read<T>(json, "output")!
            : throw new InvalidOperationException(
                $"Process {Id} has no output: it is {Outcome.State} with exit code {Outcome.ExitCode} "
                + $"({Outcome.Message}).");
}
