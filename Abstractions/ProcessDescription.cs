namespace Orleans.Workflows;

/// <summary>A process definition as it can be inspected: ports, exit codes and outline.</summary>
[GenerateSerializer, Immutable, Alias("owf.ProcessDescription")]
public sealed record ProcessDescription
{
    /// <summary>The name of the process type.</summary>
    [Id(0)]
    public required string Type { get; init; }

    /// <summary>The version of the definition: the newest that a live silo has.</summary>
    [Id(1)]
    public required int Version { get; init; }

    /// <summary>
    /// What the process is for, by the <c>[Description]</c> on its class; <c>null</c> when it says nothing.
    /// </summary>
    [Id(2)]
    public string? Help { get; init; }

    /// <summary>The input ports as a tree.</summary>
    [Id(3)]
    public required PortDescription Inputs { get; init; }

    /// <summary>The output ports as a tree.</summary>
    [Id(4)]
    public required PortDescription Outputs { get; init; }

    /// <summary>The input ports as JSON Schema (draft 2020-12).</summary>
    [Id(5)]
    public required string InputSchema { get; init; }

    /// <summary>The output ports as JSON Schema (draft 2020-12).</summary>
    [Id(6)]
    public required string OutputSchema { get; init; }

    /// <summary>The exit codes that it declares, by number.</summary>
    [Id(7)]
    public required IReadOnlyList<ExitCodeDescription> ExitCodes { get; init; }

    /// <summary>The outline of a work chain; empty for a step machine.</summary>
    [Id(8)]
    public required IReadOnlyList<OutlineElement> Outline { get; init; }

    /// <summary>The positions at which one of its processes can stand, in no order that matters.</summary>
    [Id(9)]
    public required IReadOnlyList<string> Positions { get; init; }

    /// <summary>The live silos that have the type, by name, each with the version that it has.</summary>
    [Id(10)]
    public IReadOnlyList<ProcessTypeSilo> Silos { get; init; } = [];
}
