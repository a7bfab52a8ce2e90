namespace Orleans.Workflows;

/// <summary>What one commit did to a process.</summary>
/// <param name="Version">
/// The version that the commit made: 1, 2, 3 … without gaps, unless entries were deleted from the database; then the
/// last one missing.
/// </param>
/// <param name="At">The engine's time of the commit.</param>
/// <param name="Events">What happened, in order; at least one.</param>
[GenerateSerializer, Immutable, Alias("owf.HistoryEntry")]
public sealed record HistoryEntry(
    [property: Id(0)] long Version,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] IReadOnlyList<HistoryEvent> Events);
