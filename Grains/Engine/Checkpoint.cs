using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>What a process remembers besides its row. Stored as JSON; a field is only ever added.</summary>
internal sealed record Checkpoint
{
    /// <summary>
    /// The highest format that this code knows. 2 added what an older silo would lose without noticing: outputs,
    /// skipping, children that must succeed, arguments of the step behind a wait. 3 added children of which only some
    /// run at a time, and thousands that must succeed. 4 added an input that an operator has changed. A silo that does
    /// not know a format leaves the process to one that does.
    /// </summary>
    public const int CurrentFormat = 4;

    /// <summary>The first format that has an input which an operator has changed.</summary>
    public const int FormatOfInput = 4;

    private const int PlainFormat = 2;
    private const int BoundedFormat = 3;

    /// <summary>
    /// The format of the stored checkpoint. A higher one than <see cref="CurrentFormat"/> is not runnable here.
    /// </summary>
    public int Format { get; init; } = PlainFormat;

    /// <summary>The lowest format that says all that is in it: so silos which know no more can go on with it.</summary>
    [JsonIgnore]
    public int NeededFormat => Format > CurrentFormat ? Format
        : Input is not null ? FormatOfInput
        : QueuedFrom is not null
        || Required is not null
        || Wait is WaitState.Children { MaxConcurrency: not null } or WaitState.Children { Required: not null }
            ? BoundedFormat
        : PlainFormat;

    /// <summary>The step that runs, or runs next: the path of ids. Empty before the start of a child.</summary>
    public string Position { get; init; } = "";

    /// <summary>
    /// Where it goes on: the step that runs, or that which comes behind the wait. A signal that has a time limit may
    /// bring it elsewhere.
    /// </summary>
    [JsonIgnore]
    public string GoesOnAt => Wait is { Then.Length: > 0 } wait ? wait.Then : Position;

    /// <summary>The step's arguments: what the step before passed on, or the signal's payload.</summary>
    public RawJson? Args { get; init; }

    /// <summary>The number of the step whose children's results are the step's arguments.</summary>
    public int? ResultsOf { get; init; }

    /// <summary>The context of a work chain.</summary>
    public RawJson? Context { get; init; }

    /// <summary>The input as an operator has changed it; null for that of the row.</summary>
    public RawJson? Input { get; init; }

    /// <summary>The number of completed steps: part of the idempotency key.</summary>
    public int Step { get; init; }

    /// <summary>The attempt of the current step, 1 for the first. Rises with each failure and each crash.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>How many attempts of the current step have failed.</summary>
    public int Failures { get; init; }

    /// <summary>How often the current step was interrupted by a crash.</summary>
    public int Crashes { get; init; }

    /// <summary>
    /// Whether others that are suspected too run beside the current attempt: then a crash is no proof against it.
    /// </summary>
    public bool InCompany { get; init; }

    /// <summary>Whether the host that ran the step gave it back in time.</summary>
    public bool Released { get; init; }

    /// <summary>
    /// Whether it was paused before anybody took the interrupted step over: who plays it takes it over first.
    /// </summary>
    public bool Interrupted { get; init; }

    /// <summary>
    /// The ids of the children whose results are the step's arguments, where the definition gave them, by index.
    /// </summary>
    public IReadOnlyDictionary<int, ProcessId>? ResultIds { get; init; }

    /// <summary>
    /// Whether <see cref="ResultIds"/> says all about the ids, as in <see cref="WaitState.Children.IdsAreKnown"/>.
    /// </summary>
    public bool ResultIdsAreKnown { get; init; }

    /// <summary>What it waits for.</summary>
    public WaitState? Wait { get; init; }

    /// <summary>When it is killed unless it has ended.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Its open incident.</summary>
    public Incident? Incident { get; init; }

    /// <summary>The status text that was there before the pause, which play restores.</summary>
    public string? StatusBeforePause { get; init; }

    /// <summary>What its steps have emitted. Moves to the row when the process ends.</summary>
    public RawJson? Outputs { get; init; }

    /// <summary>Whether an operator skips the current step: what comes behind it is found without running it.</summary>
    public bool Skipping { get; init; }

    /// <summary>The children, by index, without whose success the step does not run; null for none.</summary>
    public IReadOnlyList<int>? MustSucceed { get; init; }

    /// <summary>The same as <see cref="MustSucceed"/> where there are many children; null for none.</summary>
    public IndexSet? Required { get; init; }

    /// <summary>
    /// The first of the children that attempts of the current step have stored without their turn; null for none.
    /// </summary>
    [JsonPropertyName("heldFrom")]
    public int? QueuedFrom { get; init; }

    /// <summary>Whether it has ever started children.</summary>
    public bool HasChildren { get; init; }

    /// <summary>
    /// The span of its start, or of the start of its root, as a W3C traceparent; null when nobody traced it. Spans of
    /// steps link to it.
    /// </summary>
    public string? Trace { get; init; }

    /// <summary>What a later version has added: a silo that does not know it writes it back as it was.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }

    /// <summary>
    /// The stored bytes, of a format so much later that nothing can be made of them here. They are written back as they
    /// are.
    /// </summary>
    [JsonIgnore]
    public byte[]? Foreign { get; init; }

    /// <summary>
    /// The one reset between steps: what belongs to the step that has run, or to the wait behind it, is gone.
    /// </summary>
    /// <returns>The checkpoint, still at the position of that step.</returns>
    public Checkpoint WithoutStep() => this with
    {
        Args = null,
        ResultsOf = null,
        ResultIds = null,
        ResultIdsAreKnown = false,
        MustSucceed = null,
        Required = null,
        QueuedFrom = null,
        Wait = null,
        Skipping = false,
        Attempt = 1,
        Failures = 0,
        Crashes = 0,
        InCompany = false,
        Released = false,
    };

    /// <summary>Writes the checkpoint.</summary>
    /// <returns>UTF-8 JSON.</returns>
    public byte[] Write() => Foreign ?? JsonSerializer.SerializeToUtf8Bytes(this, EngineJson.Default.Checkpoint);

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <returns>The checkpoint. Of one of a later format it is enough to read that.</returns>
    /// <exception cref="JsonException">The bytes are no checkpoint.</exception>
    public static Checkpoint Read(byte[] json)
    {
        try
        {
            var checkpoint = JsonSerializer.Deserialize(json, EngineJson.Default.Checkpoint)
                ?? throw new JsonException("The checkpoint is null.");
            if (checkpoint is { Format: <= CurrentFormat, Fault: { } fault })
            {
                throw new JsonException(fault);
            }

            // No version writes less; without it an incident would be written that cannot be read.
            return checkpoint.Attempt >= 1 ? checkpoint : checkpoint with { Attempt = 1 };
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or NotSupportedException
                        or InvalidOperationException
                        or ArgumentException
                        or FormatException)
        {
            return FormatOf(json) is { } format and > CurrentFormat
                ? new Checkpoint { Format = format, Foreign = json }
                : throw e as JsonException ?? new JsonException(e.Message, e);
        }
    }

    /// <summary>
    /// How often the step was interrupted by a crash, when nobody has taken it over since it ran last.
    /// </summary>
    [JsonIgnore]
    public int CrashesFound => Released ? Crashes : Crashes + 1;

    /// <summary>
    /// Whether the step has taken its host along so often that it is not taken over again. It has to have been alone
    /// the last time.
    /// </summary>
    [JsonIgnore]
    public bool IsGuilty => !Released && !InCompany && CrashesFound >= ProcessEngine.MaxCrashes;

    /// <summary>What no version has written; null when there is nothing of the kind.</summary>
    [JsonIgnore]
    private string? Fault => Position is null ? "It has no position."
        : Wait is { Then: null } or WaitState.Unknown ? "It waits for nothing that the engine knows."
        : null;

    private static int? FormatOf(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = EngineJson.MaxDepth });
            return
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("format", out var format)
                && format.TryGetInt32(out var number)
                ? number
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
