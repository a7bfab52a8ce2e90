namespace Orleans.Workflows;

/// <summary>A page of a list of processes.</summary>
/// <param name="Items">The processes in the query's order; empty only when there are no more.</param>
/// <param name="Next">
/// What to give as <see cref="ProcessQuery.Continue"/> for the next page; <c>null</c> when this is the last.
/// </param>
[GenerateSerializer, Immutable, Alias("owf.ProcessPage")]
public sealed record ProcessPage(
    [property: Id(0)] IReadOnlyList<ProcessSummary> Items,
    [property: Id(1)] string? Next);
