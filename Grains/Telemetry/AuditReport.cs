using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Telemetry;

/// <summary>What an audit found.</summary>
/// <param name="Stuck">What should have moved and has not.</param>
/// <param name="Live">How many processes there are; null when another silo tells that.</param>
internal sealed record AuditReport(StuckProcesses Stuck, LiveProcesses? Live)
{
    /// <summary>Before the first audit.</summary>
    public static AuditReport None { get; } = new(new StuckProcesses(0, 0, 0, 0), Live: null);
}
