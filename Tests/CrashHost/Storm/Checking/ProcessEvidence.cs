namespace Orleans.Workflows.CrashHost.Storm.Checking;

/// <summary>What the database has of a process.</summary>
public sealed record ProcessEvidence
{
    /// <summary>The process.</summary>
    public required string Id { get; init; }

    /// <summary>Its type.</summary>
    public required string Type { get; init; }

    /// <summary>Its input as JSON.</summary>
    public required string Input { get; init; }

    /// <summary>Its state.</summary>
    public required ProcessState State { get; init; }

    /// <summary>Its version, the number of its commits.</summary>
    public required long Version { get; init; }

    /// <summary>Its history, one entry per commit, by version.</summary>
    public required IReadOnlyList<HistoryEntry> History { get; init; }

    /// <summary>When it was committed last.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Its exit code; null before its end.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Its output as JSON; null for none.</summary>
    public string? Output { get; init; }

    /// <summary>The process that started it; null for a root.</summary>
    public string? Parent { get; init; }

    /// <summary>The silo that runs its step; null when none runs.</summary>
    public string? Owner { get; init; }

    /// <summary>When it is to go on; null for no time.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Whether it is paused.</summary>
    public bool Paused { get; init; }

    /// <summary>Its open incident; null for none.</summary>
    public IncidentCode? Incident { get; init; }

    /// <summary>Whether it has ended.</summary>
    public bool Ended => State.IsTerminal();

    /// <summary>How it ended, as a client is told.</summary>
    public string End => Clients.Answer.Text(State, ExitCode ?? -1, Output);

    /// <summary>What happened to it, in order.</summary>
    public IEnumerable<HistoryEvent> Events => History.SelectMany(static entry => entry.Events);

    /// <summary>The kinds of what happened to it, in order.</summary>
    public IEnumerable<HistoryKind> Kinds => Events.Select(static happened => happened.Kind);
}
