using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Grains.Supervision;

namespace Orleans.Workflows.Unit.Supervision;

/// <summary>Which silos are said to be dead, and when.</summary>
public sealed class DeadSilosTests : IDisposable
{
    private static readonly SiloAddress One = SiloAddress.New(IPAddress.Loopback, 11111, 1);
    private static readonly SiloAddress Two = SiloAddress.New(IPAddress.Loopback, 11112, 1);

    private readonly LogLines _log = new();
    private readonly ILoggerFactory _loggers;
    private readonly DeadSilos _sut;

    public DeadSilosTests()
    {
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _sut = new DeadSilos(_loggers.CreateLogger<DeadSilos>());
    }

    public void Dispose() => _loggers.Dispose();

    [Fact]
    public void ASiloThatDies_IsOneLineWithItsAddressAndName()
    {
        _sut.Look(Cluster(SiloStatus.Active));
        _sut.Look(Cluster(SiloStatus.Dead));
        _sut.Look(Cluster(SiloStatus.Dead));

        _log.All.ShouldHaveSingleItem().ShouldStartWith($"The silo {Two} ('two') was declared dead");
    }

    [Fact]
    public void ASiloThatIsSeenDeadForTheFirstTime_WasMissedMeanwhile()
    {
        _sut.Look(Cluster(other: null));
        _sut.Look(Cluster(SiloStatus.Dead));

        _log.All.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(SiloStatus.ShuttingDown)]
    [InlineData(SiloStatus.Stopping)]
    public void ASiloThatStops_IsNoNews(SiloStatus stopping)
    {
        _sut.Look(Cluster(SiloStatus.Active));
        _sut.Look(Cluster(stopping));
        _sut.Look(Cluster(SiloStatus.Dead));

        _log.All.ShouldBeEmpty();
    }

    [Fact]
    public void WhatWasDeadBefore_IsNoNews()
    {
        _sut.Look(Cluster(SiloStatus.Dead));

        _log.All.ShouldBeEmpty();
    }

    private static ClusterMembershipSnapshot Cluster(SiloStatus? other)
    {
        var members = ImmutableDictionary<SiloAddress, ClusterMember>.Empty.Add(
            One,
            new ClusterMember(One, SiloStatus.Active, "one"));
        return new ClusterMembershipSnapshot(
            other is { } status ? members.Add(Two, new ClusterMember(Two, status, "two")) : members,
            new MembershipVersion(1));
    }
}
