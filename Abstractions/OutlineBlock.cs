namespace Orleans.Workflows;

/// <summary>A block of an if or while.</summary>
/// <param name="Predicate">The id of the predicate under which it runs; <c>null</c> for an else.</param>
/// <param name="Elements">Its elements, in order.</param>
[GenerateSerializer, Immutable, Alias("owf.OutlineBlock")]
public sealed record OutlineBlock(
    [property: Id(0)] string? Predicate,
    [property: Id(1)] IReadOnlyList<OutlineElement> Elements);
