namespace Orleans.Workflows.CrashHost.Storm.Clients;

/// <summary>One line of a client's log.</summary>
public sealed record ClientLine
{
    /// <summary>The text of an answer to a start that made the process.</summary>
    public const string Created = "created";

    /// <summary>The text of an answer to a start that found it.</summary>
    public const string Existing = "existing";

    /// <summary>The text of an answer to a signal that is new.</summary>
    public const string Stored = "stored";

    /// <summary>The text of an answer to a signal that is known.</summary>
    public const string Known = "known";

    /// <summary>The call, by its number in the log.</summary>
    public required int Call { get; init; }

    /// <summary>What was asked for.</summary>
    public required CallKind Kind { get; init; }

    /// <summary>How far the call is.</summary>
    public required CallPhase Phase { get; init; }

    /// <summary>The process.</summary>
    public required string Process { get; init; }

    /// <summary>When it was written, by the true time.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The process's type; of a start.</summary>
    public string? Type { get; init; }

    /// <summary>The input as JSON; of a start.</summary>
    public string? Input { get; init; }

    /// <summary>
    /// The id of the signal; of a signal. It is also the item that the collector gets: '{sender}:{number}'.
    /// </summary>
    public string? Item { get; init; }

    /// <summary>What was answered.</summary>
    public string? Answer { get; init; }

    /// <summary>When it was answered that no silo has the type; null for any other answer.</summary>
    public DateTimeOffset? UnknownAt { get; init; }
}
