namespace Orleans.Workflows;

/// <summary>A change of a process, as its hooks see it before and its listeners after the commit.</summary>
public sealed record ProcessTransition
{
    /// <summary>The process.</summary>
    public required ProcessId ProcessId { get; init; }

    /// <summary>The name of its type.</summary>
    public required string Type { get; init; }

    /// <summary>What changes.</summary>
    public required TransitionKind Kind { get; init; }

    /// <summary>The state that it leaves.</summary>
    public required ProcessState From { get; init; }

    /// <summary>The state that it enters; the same for a pause, a play and an output.</summary>
    public required ProcessState To { get; init; }

    /// <summary>Where it stands in its definition: for a run, the step that is scheduled.</summary>
    public required string Position { get; init; }

    /// <summary>The number of the commit: transitions of one commit have the same.</summary>
    public required long Version { get; init; }

    /// <summary>When it is decided.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// The text of a pause or kill, the path of an output, the reason of an end; <c>null</c> when there is none.
    /// </summary>
    public string? Text { get; init; }
}
