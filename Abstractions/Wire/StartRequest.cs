namespace Orleans.Workflows.Abstractions;

/// <summary>A start on its way to the process grain.</summary>
[GenerateSerializer, Immutable, Alias("owf.StartRequest")]
public sealed record StartRequest
{
    /// <summary>Identifies the request: a repeated one gets the first answer.</summary>
    [Id(0)]
    public required string RequestId { get; init; }

    /// <summary>The name of the process type.</summary>
    [Id(1)]
    public required string Type { get; init; }

    /// <summary>The input as UTF-8 JSON.</summary>
    [Id(2)]
    public required byte[] Input { get; init; }

    /// <summary>How long after its storing the process starts; zero or less is at once.</summary>
    [Id(3)]
    public TimeSpan Delay { get; init; }

    /// <summary>Whether it starts paused: nothing runs until it is played.</summary>
    [Id(4)]
    public bool Paused { get; init; }

    /// <summary>How long after its storing it is killed unless it has ended; <c>null</c> for never.</summary>
    [Id(5)]
    public TimeSpan? Deadline { get; init; }

    /// <summary>Its tags.</summary>
    [Id(6)]
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it is stored and nothing runs until it is continued.</summary>
    [Id(7)]
    public bool Hold { get; init; }

    /// <summary>The span in which it is started, as a W3C traceparent; <c>null</c> for none.</summary>
    [Id(8)]
    public string? TraceParent { get; init; }

    /// <summary>
    /// Whether the process may be there: an earlier call had no answer, or whoever starts it takes one that exists.
    /// Then it is looked for before the start is refused as overload.
    /// </summary>
    [Id(9)]
    public bool MayBeStored { get; init; }
}
