namespace Orleans.Workflows;

/// <summary>An element of an outline, as a definition is inspected.</summary>
[GenerateSerializer, Immutable, Alias("owf.OutlineElement")]
public sealed record OutlineElement
{
    /// <summary>What it is.</summary>
    [Id(0)]
    public required OutlineElementKind Kind { get; init; }

    /// <summary>
    /// Its id: of a branch or loop that of its first predicate, of a wait that of the signal, of a return its exit
    /// code.
    /// </summary>
    [Id(1)]
    public required string Id { get; init; }

    /// <summary>
    /// The positions at which a process can stand in it, outside its blocks; empty when there is none.
    /// </summary>
    [Id(2)]
    public IReadOnlyList<string> Positions { get; init; } = [];

    /// <summary>Its blocks; empty for an element without.</summary>
    [Id(3)]
    public IReadOnlyList<OutlineBlock> Blocks { get; init; } = [];
}
