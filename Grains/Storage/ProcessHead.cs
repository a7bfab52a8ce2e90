namespace Orleans.Workflows.Grains.Storage;

/// <summary>Where a process stands, without its payloads.</summary>
/// <param name="Version">The number of its commits.</param>
/// <param name="Operation">The last of them.</param>
/// <param name="State">Its state.</param>
/// <param name="Owner">The silo that runs it; null for none.</param>
public sealed record ProcessHead(long Version, Guid Operation, ProcessState State, string? Owner);
