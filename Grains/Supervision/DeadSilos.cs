using Microsoft.Extensions.Logging;

namespace Orleans.Workflows.Grains.Supervision;

/// <summary>
/// Says which silos were declared dead. Each silo that lives says it: a line of one alone might be lost with that one.
/// </summary>
internal sealed partial class DeadSilos(ILogger<DeadSilos> logger)
{
    private readonly ILogger _logger = logger;
    private Dictionary<SiloAddress, SiloStatus>? _last;

    /// <summary>Says what has died since the last look; at the first, nothing: that was before this silo.</summary>
    public void Look(ClusterMembershipSnapshot cluster)
    {
        foreach (var member in cluster.Members.Values.Where(HasDied))
        {
            LogDead(member.SiloAddress, member.Name);
        }

        _last = cluster.Members.Values.ToDictionary(
            static member => member.SiloAddress,
            static member => member.Status);
    }

    /// <summary>One that stops in order is seen to stop first, and gives its processes back.</summary>
    private bool HasDied(ClusterMember member) =>
        member.Status == SiloStatus.Dead
        && _last is not null
        && _last.GetValueOrDefault(member.SiloAddress) is not (SiloStatus.Dead or SiloStatus.ShuttingDown
            or SiloStatus.Stopping);

    [LoggerMessage(
        400026,
        LogLevel.Warning,
        "The silo {Silo} ('{Name}') was declared dead: it did not answer, or its host has ended. The other silos take "
        + "its processes over; what waits there goes on, and a step that ran there begins again, as its next attempt "
        + "and with one more crash counted."
    )]
    private partial void LogDead(SiloAddress silo, string name);
}
