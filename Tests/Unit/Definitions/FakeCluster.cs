using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Metadata;
using Orleans.Workflows.Grains.Definitions;

namespace Orleans.Workflows.Unit.Definitions;

/// <summary>A cluster as Orleans tells of it: members, and the manifests of those that have been asked.</summary>
internal sealed class FakeCluster : IClusterManifestProvider, IClusterMembershipService
{
    private static readonly ImmutableDictionary<string, string> Nothing = ImmutableDictionary.Create<string, string>(
        StringComparer.Ordinal);

    private readonly Dictionary<SiloAddress, (SiloStatus Status, string? Text, bool IsAsked)> _silos = [];
    private int _version;

    public FakeCluster() => Types = new ClusterTypes(this, this, Time, NullLogger<ClusterTypes>.Instance);

    public ClusterTypes Types { get; }

    public FakeTimeProvider Time { get; } = new();

    public int Refreshes { get; private set; }

    /// <summary>What happens when the membership is read anew.</summary>
    public Action? OnRefresh { get; set; }

    public ClusterManifest Current { get; private set; } =
        new(new MajorMinorVersion(0, 0), ImmutableDictionary<SiloAddress, GrainManifest>.Empty);

    public ClusterMembershipSnapshot CurrentSnapshot { get; private set; } =
        new(ImmutableDictionary<SiloAddress, ClusterMember>.Empty, new MembershipVersion(0));

    public IAsyncEnumerable<ClusterManifest> Updates => throw new NotSupportedException();

    public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => throw new NotSupportedException();

    public GrainManifest LocalGrainManifest => throw new NotSupportedException();

    public static SiloAddress Address(int number) => SiloAddress.New(IPAddress.Loopback, 1_000 + number, 1);

    /// <summary>Has a silo come, or change.</summary>
    public FakeCluster Has(int number, string? text, SiloStatus status = SiloStatus.Active, bool isAsked = true)
    {
        _silos[Address(number)] = (status, text, isAsked);
        return Publish();
    }

    /// <summary>Has a silo go.</summary>
    public FakeCluster Loses(int number)
    {
        _silos.Remove(Address(number));
        return Publish();
    }

    public ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default)
    {
        Refreshes++;
        OnRefresh?.Invoke();
        return default;
    }

    public Task<bool> TryKill(SiloAddress siloAddress) => throw new NotSupportedException();

    private FakeCluster Publish()
    {
        _version++;
        CurrentSnapshot = new ClusterMembershipSnapshot(
            _silos.ToImmutableDictionary(
                static silo => silo.Key,
                static silo => new ClusterMember(silo.Key, silo.Value.Status, $"silo-{silo.Key.Endpoint.Port}")),
            new MembershipVersion(_version));
        Current = new ClusterManifest(
            new MajorMinorVersion(_version, 0),
            _silos
                .Where(static silo => silo.Value is { Status: SiloStatus.Active, IsAsked: true })
                .ToImmutableDictionary(static silo => silo.Key, static silo => Manifest(silo.Value.Text)));
        return this;
    }

    private static GrainManifest Manifest(string? text) => new(
        ImmutableDictionary<GrainType, GrainProperties>.Empty.Add(
            GrainType.Create(AnnouncedTypes.ProcessGrainType),
            new GrainProperties(text is null ? Nothing : Nothing.Add(AnnouncedTypes.Property, text))),
        ImmutableDictionary<GrainInterfaceType, GrainInterfaceProperties>.Empty);
}
