namespace Orleans.Workflows.CrashHost.Storm.Checking;

/// <summary>A time in which a silo took calls, and no fault had it.</summary>
/// <param name="Lacks">The type that it does not have; null for none.</param>
/// <param name="From">When it began.</param>
/// <param name="To">When it ended.</param>
public sealed record SiloTime(string? Lacks, DateTimeOffset From, DateTimeOffset To);
