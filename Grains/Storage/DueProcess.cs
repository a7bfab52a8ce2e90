namespace Orleans.Workflows.Grains.Storage;

/// <summary>A process that a scan found due; also the place where the scan goes on.</summary>
/// <param name="Id">The process.</param>
/// <param name="DueAt">When it is due.</param>
/// <param name="Needs">What a silo must have to run it.</param>
/// <param name="Bytes">How many bytes of payload there are to load.</param>
public sealed record DueProcess(ProcessId Id, DateTimeOffset DueAt, NeededType Needs, long Bytes = 0);
