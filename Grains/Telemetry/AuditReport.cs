using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Telemetry;

/// <summary>What an audit found.</summary>
/// <param name="Stuck">What should have moved and has not.</param>
/// <param name="Live">How many processes there are; null when another silo tells that.</param>
internal sealed record AuditReport(StuckProcesses Stuck, LiveProcesses? Live)
{
    /// <summary>How many of each reason are counted at most.</summary>
    public const int StuckCountedAtMost = 1_000;

    /// <summary>How many processes of each state are counted at most.</summary>
    public const int LiveCountedAtMost = 100_000;

    /// <summary>
    /// How late something is before it counts: twice what the supervisors need in the worst case, with their timers
    /// alone.
    /// </summary>
    public static readonly TimeSpan Objective = TimeSpan.FromSeconds(30);

    /// <summary>Before the first audit.</summary>
    public static AuditReport None { get; } = new(new StuckProcesses(0, 0, 0, 0), Live: null);
}
