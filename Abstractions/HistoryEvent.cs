namespace Orleans.Workflows;

/// <summary>One thing that happened to a process.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Text">The particulars, for a person to read; <c>null</c> when the kind says all. No payloads.</param>
[GenerateSerializer, Immutable, Alias("owf.HistoryEvent")]
public sealed record HistoryEvent(
    [property: Id(0)] HistoryKind Kind,
    [property: Id(1)] string? Text = null);
