namespace Orleans.Workflows.Grains.Storage;

/// <summary>What a silo must have to run a process.</summary>
/// <param name="Name">The process type.</param>
/// <param name="Version">The version of its definition, or a later one.</param>
public readonly record struct NeededType(string Name, int Version);
