namespace Orleans.Workflows;

/// <summary>A line that a process has reported. Immutable.</summary>
[GenerateSerializer, Immutable, Alias("owf.ReportEntry")]
public sealed record ReportEntry
{
    /// <summary>The order among all lines of a tree, and the place where reading goes on. Rises with gaps.</summary>
    [Id(0)]
    public required long Sequence { get; init; }

    /// <summary>The process that reported it.</summary>
    [Id(1)]
    public required ProcessId ProcessId { get; init; }

    /// <summary>The engine's time at which it was reported.</summary>
    [Id(2)]
    public required DateTimeOffset At { get; init; }

    /// <summary>How much it matters.</summary>
    [Id(3)]
    public required ReportLevel Level { get; init; }

    /// <summary>The position of the step that reported it.</summary>
    [Id(4)]
    public required string Position { get; init; }

    /// <summary>The attempt of the step, 1 for the first.</summary>
    [Id(5)]
    public required int Attempt { get; init; }

    /// <summary>The line.</summary>
    [Id(6)]
    public required string Text { get; init; }
}
