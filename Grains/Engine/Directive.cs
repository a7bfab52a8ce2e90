namespace Orleans.Workflows.Grains.Engine;

/// <summary>What a completed step says must come next.</summary>
internal abstract record Directive
{
    private Directive()
    {
    }

    /// <summary>Another step.</summary>
    /// <param name="Position">Its position.</param>
    /// <param name="Args">Its arguments.</param>
    internal sealed record Next(string Position, RawJson? Args = null) : Directive;

    /// <summary>A named signal.</summary>
    /// <param name="Name">The signal's name.</param>
    /// <param name="Then">The step that gets it.</param>
    /// <param name="Timeout">How long to wait from the commit on; null for ever.</param>
    /// <param name="OnTimeout">The step that runs instead when it does not come.</param>
    internal sealed record AwaitSignal(string Name, string Then, TimeSpan? Timeout = null, string? OnTimeout = null)
        : Directive;

    /// <summary>A time.</summary>
    /// <param name="Delay">How long to wait from the commit on.</param>
    /// <param name="Then">The step that runs then.</param>
    internal sealed record AwaitTime(TimeSpan Delay, string Then) : Directive;

    /// <summary>Children.</summary>
    /// <param name="Children">Those that are still to be started, the last of them.</param>
    /// <param name="Total">How many there are with those started before.</param>
    /// <param name="Then">The step that gets their results.</param>
    /// <param name="GivenIds">
    /// The ids that the definition gave any of them, by index; null when the engine names all.
    /// </param>
    internal sealed record AwaitChildren(
        IReadOnlyList<ChildRequest> Children,
        int Total,
        string Then,
        IReadOnlyDictionary<int, ProcessId>? GivenIds = null) : Directive
    {
        /// <summary>The children, by index, whose failure is the parent's; null for none.</summary>
        public IReadOnlyList<int>? MustSucceed { get; init; }

        /// <summary>How many of them run at a time; null for all.</summary>
        public int? MaxConcurrency { get; init; }

        /// <summary>The arguments of the step that gets the results.</summary>
        public RawJson? Args { get; init; }
    }

    /// <summary>The end.</summary>
    /// <param name="ExitCode">0, or 100 and above; an engine's code for an output that is not valid.</param>
    /// <param name="Output">The output; null when there is none.</param>
    /// <param name="Message">Why, for an exit code that is not 0.</param>
    /// <param name="Failure">The faults of an output that is not valid.</param>
    internal sealed record End(
        int ExitCode,
        RawJson? Output = null,
        string? Message = null,
        FailureInfo? Failure = null) : Directive
    {
        /// <summary>The label of an exit code that was declared; null for another.</summary>
        public string? Label { get; init; }
    }
}
