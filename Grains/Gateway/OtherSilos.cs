using System.Collections.Concurrent;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Supervision;

namespace Orleans.Workflows.Grains.Gateway;

/// <summary>
/// Where a start may go that this silo does not take: to a silo that has refused none in the last second.
/// </summary>
internal sealed class OtherSilos(IClusterMembershipService membership, ClusterTypes types, ILocalSiloDetails silo)
{
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<SiloAddress, long> _refusedAt = new();

    /// <summary>This silo.</summary>
    public SiloAddress Here => silo.SiloAddress;

    /// <summary>Finds one.</summary>
    /// <param name="type">The process type that it has to have.</param>
    /// <returns>Any of them; null for none.</returns>
    public SiloAddress? Find(string type)
    {
        var able = types.IsUniform
            ? null
            : types
                .Current.Able(new NeededType(type, Version: 0), format: 0)
                .Select(static silo => silo.Address)
                .ToHashSet();
        var others = Members
            .ActiveOf(membership)
            .Where(other =>
                !other.Equals(silo.SiloAddress) && !HasRefused(other) && able?.Contains(other) != false)
            .ToList();
        return others.Count == 0 ? null : others[Random.Shared.Next(others.Count)];
    }

    /// <summary>Notes that one has refused a start.</summary>
    public void Refused(SiloAddress other) => _refusedAt[other] = TimeProvider.System.GetTimestamp();

    private bool HasRefused(SiloAddress other) =>
        _refusedAt.TryGetValue(other, out var at) && TimeProvider.System.GetElapsedTime(at) < Memory;
}
