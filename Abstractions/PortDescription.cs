namespace Orleans.Workflows;

/// <summary>What one port of a process type takes, and the ports below it.</summary>
[GenerateSerializer, Immutable, Alias("owf.PortDescription")]
public sealed record PortDescription
{
    /// <summary>Its name in JSON; <c>*</c> for the items of a list or a dynamic namespace.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>
    /// The names on the way to it, with dots between them: <c>address.city</c>, <c>parcels.*.weight</c>,
    /// <c>lines[*].count</c>. Empty for all inputs or outputs together.
    /// </summary>
    [Id(1)]
    public required string Path { get; init; }

    /// <summary>What it holds.</summary>
    [Id(2)]
    public required PortKind Kind { get; init; }

    /// <summary>The type of its value, for people: <c>string</c>, <c>decimal?</c>, <c>OrderLine</c>.</summary>
    [Id(3)]
    public required string Type { get; init; }

    /// <summary>Whether a value must be given.</summary>
    [Id(4)]
    public required bool Required { get; init; }

    /// <summary>
    /// What it has when nothing is given, as JSON; <c>null</c> when there is no such value, or it is computed.
    /// </summary>
    [Id(5)]
    public string? Default { get; init; }

    /// <summary>Whether what it has when nothing is given is made anew each time, such as an id or the time.</summary>
    [Id(6)]
    public bool DefaultIsComputed { get; init; }

    /// <summary>What it is for; <c>null</c> when the definition does not say.</summary>
    [Id(7)]
    public string? Help { get; init; }

    /// <summary>
    /// What is checked beyond the type: <c>Range 1..10</c>, <c>StringLength 50</c>. Empty when nothing is.
    /// </summary>
    [Id(8)]
    public IReadOnlyList<string> Validators { get; init; } = [];

    /// <summary>
    /// The ports of a namespace, in the order of the definition. Empty for everything else, and where a type contains
    /// itself.
    /// </summary>
    [Id(9)]
    public IReadOnlyList<PortDescription> Children { get; init; } = [];

    /// <summary>
    /// What each item of a list or a dynamic namespace takes; <c>null</c> for everything else, and where a type
    /// contains itself.
    /// </summary>
    [Id(10)]
    public PortDescription? Item { get; init; }
}
