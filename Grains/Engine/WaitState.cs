using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>What a process waits for, and where it goes on. Stored as <see cref="StoredWait"/>.</summary>
[JsonConverter(typeof(WaitConverter))]
internal abstract record WaitState
{
    private WaitState()
    {
    }

    /// <summary>
    /// The step that runs when it ends as wished. For a retry: the step to run again; for a start: empty.
    /// </summary>
    public string Then { get; init; } = "";

    /// <summary>When it ends by time; null for never.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What a later version has added, as in <see cref="Checkpoint.More"/>.</summary>
    public Dictionary<string, JsonElement>? More { get; init; }

    /// <summary>The time of a delayed start, or being continued.</summary>
    internal sealed record Start : WaitState
    {
        /// <summary>
        /// How many of its parent's children run at a time, when it is one whose turn has not come; else null.
        /// </summary>
        public int? MaxConcurrency { get; init; }
    }

    /// <summary>A named signal, or its timeout.</summary>
    internal sealed record Signal : WaitState
    {
        /// <summary>The signal's name.</summary>
        public required string Name { get; init; }

        /// <summary>The step that runs when the signal did not come in time; null for the same.</summary>
        public string? OnTimeout { get; init; }
    }

    /// <summary>A time.</summary>
    internal sealed record Time : WaitState;

    /// <summary>The end of all children of a step.</summary>
    internal sealed record Children : WaitState
    {
        /// <summary>The number of the step whose children are awaited.</summary>
        public int Step { get; init; }

        /// <summary>How many children there are.</summary>
        public int Count { get; init; }

        /// <summary>How many of them have not ended.</summary>
        public int Left { get; init; }

        /// <summary>How many children run at a time; null for all.</summary>
        public int? MaxConcurrency { get; init; }

        /// <summary>
        /// With <see cref="MaxConcurrency"/>: how many children have had their turn to start, from the first on.
        /// </summary>
        public int LetGo { get; init; }

        /// <summary>
        /// The children behind those that have ended all the same: killed before their turn, or started by an operator;
        /// null for none.
        /// </summary>
        public IndexSet? EndedAhead { get; init; }

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
        /// The same as <see cref="MustSucceed"/> where there are many children, of which this says no more than the
        /// ranges; null for none.
        /// </summary>
        public IndexSet? Required { get; init; }

        /// <summary>The arguments of the step that gets the results.</summary>
        public RawJson? Args { get; init; }
    }

    /// <summary>The time of the next attempt.</summary>
    internal sealed record Retry : WaitState;

    /// <summary>Something that only a later version knows.</summary>
    /// <param name="Stored">It, as it is stored.</param>
    internal sealed record Unknown(StoredWait Stored) : WaitState;
}
