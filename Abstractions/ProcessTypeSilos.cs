namespace Orleans.Workflows;

/// <summary>A process type and the live silos that can run it.</summary>
/// <param name="Type">The name of the process type.</param>
/// <param name="Silos">The silos that have it, by name; never empty.</param>
[GenerateSerializer, Immutable, Alias("owf.ProcessTypeSilos")]
public sealed record ProcessTypeSilos(
    [property: Id(0)] string Type,
    [property: Id(1)] IReadOnlyList<ProcessTypeSilo> Silos);
