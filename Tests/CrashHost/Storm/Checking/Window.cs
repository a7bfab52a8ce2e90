using Orleans.Workflows.CrashHost.Storm.Faults;

namespace Orleans.Workflows.CrashHost.Storm.Checking;

/// <summary>A time in which a fault held up some processes, and all others had to go on.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="From">When the others had to have found their way around it, by the machine's clock.</param>
/// <param name="To">When it was over.</param>
public sealed record Window(FaultKind Fault, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>When the fault began: up to then nothing was held up. From, unless it is known.</summary>
    public DateTimeOffset Began { get; init; } = From;
}
