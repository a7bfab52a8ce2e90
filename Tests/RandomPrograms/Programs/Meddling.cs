namespace Orleans.Workflows.RandomPrograms.Programs;

/// <summary>Something that the outside does at a point which is not synchronised with the program.</summary>
/// <param name="Version">When the process's row has this version, or a later one.</param>
/// <param name="Act">What.</param>
public sealed record Meddling(int Version, Act Act);
