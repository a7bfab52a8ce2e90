using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>
/// A wait as it is stored: one flat shape for all kinds, whose names stay. See <see cref="WaitState"/>.
/// </summary>
internal sealed record StoredWait
{
    /// <summary>What ends the wait.</summary>
    public required WaitKind Kind { get; init; }

    /// <summary>The step that runs when it ends as wished. For a retry and a start: the step to run.</summary>
    public required string Then { get; init; }

    /// <summary>The signal's name.</summary>
    public string? Signal { get; init; }

    /// <summary>When it ends by time; null for never.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The step that runs when the signal did not come in time.</summary>
    public string? OnTimeout { get; init; }

    /// <summary>The number of the step whose children are awaited.</summary>
    public int ChildStep { get; init; }

    /// <summary>How many children there are.</summary>
    public int ChildCount { get; init; }

    /// <summary>The ids that the definition gave them, by index; null when the engine named all.</summary>
    public IReadOnlyDictionary<int, ProcessId>? GivenIds { get; init; }

    /// <summary>
    /// Whether <see cref="GivenIds"/> says all about the ids. The first databases say nothing: there only its place
    /// tells a child.
    /// </summary>
    public bool IdsAreKnown { get; init; }

    /// <summary>The children, by index, whose failure is the parent's; null for none.</summary>
    public IReadOnlyList<int>? MustSucceed { get; init; }

    /// <summary>
    /// The same as <see cref="MustSucceed"/> where there are many children, of which this says no more than the ranges;
    /// null for none.
    /// </summary>
    public IndexSet? Required { get; init; }

    /// <summary>The arguments of the step that gets the results.</summary>
    public RawJson? Args { get; init; }

    /// <summary>How many of them have not ended.</summary>
    public int ChildrenLeft { get; init; }

    /// <summary>
    /// How many children run at a time; null for all. In the wait of a child for its start: that it is one of those
    /// whose turn has not come.
    /// </summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>
    /// With <see cref="MaxConcurrency"/>: how many children have had their turn to start, from the first on.
    /// </summary>
    [JsonPropertyName("released")]
    public int LetGo { get; init; }

    /// <summary>
    /// The children behind those that have ended all the same: killed before their turn, or started by an operator;
    /// null for none.
    /// </summary>
    public IndexSet? EndedAhead { get; init; }

    /// <summary>What a later version has added, as in <see cref="Checkpoint.More"/>.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
