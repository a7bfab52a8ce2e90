namespace Orleans.Workflows;

/// <summary>One process in a list: what its row says, without payloads.</summary>
[GenerateSerializer, Immutable, Alias("owf.ProcessSummary")]
public sealed record ProcessSummary
{
    /// <summary>The process.</summary>
    [Id(0)]
    public required ProcessId Id { get; init; }

    /// <summary>The name of its type.</summary>
    [Id(1)]
    public required string Type { get; init; }

    /// <summary>The version of the definition that started it.</summary>
    [Id(2)]
    public required int DefinitionVersion { get; init; }

    /// <summary>Its state.</summary>
    [Id(3)]
    public required ProcessState State { get; init; }

    /// <summary>Whether it is paused.</summary>
    [Id(4)]
    public bool Paused { get; init; }

    /// <summary>The kind of its open incident; <c>null</c> when it has none.</summary>
    [Id(5)]
    public IncidentCode? Incident { get; init; }

    /// <summary>Its exit code; <c>null</c> until it ended.</summary>
    [Id(6)]
    public int? ExitCode { get; init; }

    /// <summary>The text that its steps or its controls set last; <c>null</c> when none did.</summary>
    [Id(7)]
    public string? StatusText { get; init; }

    /// <summary>The process that started it; <c>null</c> for a root.</summary>
    [Id(8)]
    public ProcessId? Parent { get; init; }

    /// <summary>The root of its tree; itself for a root.</summary>
    [Id(9)]
    public required ProcessId Root { get; init; }

    /// <summary>When it was stored.</summary>
    [Id(10)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its row changed last.</summary>
    [Id(11)]
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it ended; <c>null</c> until then.</summary>
    [Id(12)]
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When its timer, retry or delayed start is due; <c>null</c> when it waits for none.</summary>
    [Id(13)]
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How often its row was written: rises by one with each commit.</summary>
    [Id(14)]
    public required long Version { get; init; }

    /// <summary>Its tags; empty when it has none. No order.</summary>
    [Id(15)]
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>The number of the parent's step that started it; <c>null</c> for a root.</summary>
    [Id(16)]
    public int? ParentStep { get; init; }

    /// <summary>Its place among the children of that step, 0 for the first; <c>null</c> for a root.</summary>
    [Id(17)]
    public int? ParentIndex { get; init; }
}
