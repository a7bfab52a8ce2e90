namespace Orleans.Workflows.Grains.Storage;

/// <summary>A process that a scan found with an owner.</summary>
/// <param name="Id">The process.</param>
/// <param name="Needs">What a silo must have to run it.</param>
/// <param name="Bytes">How many bytes of payload there are to load.</param>
public sealed record OwnedProcess(ProcessId Id, NeededType Needs, long Bytes);
