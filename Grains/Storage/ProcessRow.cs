namespace Orleans.Workflows.Grains.Storage;

/// <summary>
/// The durable truth about one process. Only the process's own grain writes it (and a supervisor, for a kill that is
/// overdue).
/// </summary>
public sealed record ProcessRow
{
    /// <summary>The process.</summary>
    public required ProcessId Id { get; init; }

    /// <summary>Tells this process from an earlier one of the same id that was purged.</summary>
    public required string RunId { get; init; }

    /// <summary>The name of its type.</summary>
    public required string Type { get; init; }

    /// <summary>The version of the definition that started it.</summary>
    public required int DefinitionVersion { get; init; }

    /// <summary>Its state.</summary>
    public required ProcessState State { get; init; }

    /// <summary>Whether it is paused.</summary>
    public bool Paused { get; init; }

    /// <summary>The kind of its open incident.</summary>
    public IncidentCode? Incident { get; init; }

    /// <summary>Its exit code, once it ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The text that was set last.</summary>
    public string? StatusText { get; init; }

    /// <summary>The process that started it.</summary>
    public ProcessId? Parent { get; init; }

    /// <summary>The number of the parent's step that started it.</summary>
    public int? ParentStep { get; init; }

    /// <summary>Its place among the children of that step.</summary>
    public int? ParentIndex { get; init; }

    /// <summary>The root of its tree.</summary>
    public required ProcessId Root { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was written last.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>
    /// When a timer, retry or delayed start is due. Null while running, paused or terminal: the stores check it.
    /// </summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>
    /// The silo that runs it, address with generation. Not null exactly while it is Running and not paused: the stores
    /// check it.
    /// </summary>
    public string? Owner { get; init; }

    /// <summary>The number of commits: 1 for the first.</summary>
    public required long Version { get; init; }

    /// <summary>
    /// The commit that wrote it last, as the store has read it. What a commit's own row says of it does not count.
    /// </summary>
    public Guid LastOperation { get; init; }

    /// <summary>The request that stored it: a second insert with the same request is the same start.</summary>
    public required string StartRequestId { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The input as UTF-8 JSON. Written by the first commit only; later commits may leave it empty.</summary>
    public byte[] Input { get; init; } = [];

    /// <summary>The checkpoint as UTF-8 JSON.</summary>
    public required byte[] Checkpoint { get; init; }

    /// <summary>The output as UTF-8 JSON; null until there is one. Written once.</summary>
    public byte[]? Output { get; init; }

    /// <summary>The error and the ending's message as UTF-8 JSON; null until it ended with one.</summary>
    public byte[]? Failure { get; init; }

    /// <summary>What a silo must have to run it.</summary>
    public NeededType Needs => new(Type, DefinitionVersion);

    /// <summary>The part of the id space that it is in, 0 to 255: supervisors share processes by it.</summary>
    public int Slice => SliceOf(Id);

    /// <summary>
    /// The slice of an id: stable across machines and versions (FNV-1a of the characters, modulo 256).
    /// </summary>
    /// <param name="id">The id.</param>
    /// <returns>0 to 255.</returns>
    public static int SliceOf(ProcessId id)
    {
        var hash = 2_166_136_261u;
        foreach (var c in id.Value)
        {
            hash = (hash ^ c) * 16_777_619u;
        }

        return (int)((hash ^ (hash >> 8) ^ (hash >> 16) ^ (hash >> 24)) & 0xFF);
    }

    /// <summary>What lists show of the row: everything but payloads.</summary>
    /// <returns>The summary.</returns>
    public ProcessSummary Summarize() => new()
    {
        Id = Id,
        Type = Type,
        DefinitionVersion = DefinitionVersion,
        State = State,
        Paused = Paused,
        Incident = Incident,
        ExitCode = ExitCode,
        StatusText = StatusText,
        Parent = Parent,
        Root = Root,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
        FinishedAt = FinishedAt,
        DueAt = DueAt,
        Version = Version,
        Tags = Tags,
        ParentStep = ParentStep,
        ParentIndex = ParentIndex,
    };
}
