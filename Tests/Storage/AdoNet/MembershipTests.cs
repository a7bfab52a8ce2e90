using System.Net;
using Orleans.Workflows.StorageTests.Postgres;

namespace Orleans.Workflows.StorageTests.AdoNet;

/// <summary>Orleans' clustering provider on our tables: what its membership protocol needs of them.</summary>
public sealed class MembershipTests(PostgresFixture fixture) : IAsyncLifetime
{
    private static readonly DateTime Now = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private string _database = "";
    private OrleansProviders _one = null!;
    private OrleansProviders _other = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IMembershipTable Table => _one.Membership;

    public async ValueTask InitializeAsync()
    {
        _database = await fixture.CreateDatabaseAsync(nameof(MembershipTests));
        _one = await OrleansProviders.OpenAsync(_database);
        _other = await OrleansProviders.OpenAsync(_database);
    }

    public ValueTask DisposeAsync()
    {
        _one.Dispose();
        _other.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Table_NewCluster_HasAVersionAndNoMembers()
    {
        var table = await Table.ReadAllAsync(Cancel);

        table.Members.ShouldBeEmpty();
        table.Version.Version.ShouldBe(0);
    }

    [Fact]
    public async Task Version_MadeByTwoAtOnce_IsMadeOnce()
    {
        var clusters = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => OrleansProviders.OpenAsync(_database, "at-once")));

        (await clusters[0].Membership.ReadAllAsync(Cancel)).Version.Version.ShouldBe(0);
        (
            await Sql.ReadAsync(
                _database,
                "SELECT count(*)::text FROM OrleansMembershipVersionTable WHERE DeploymentId = 'at-once'")
        ).ShouldBe("1");
        clusters.ToList().ForEach(static cluster => cluster.Dispose());
    }

    [Fact]
    public async Task Insert_NewMember_IsReadBackWithTheNextVersion()
    {
        var entry = Entry(11_111, SiloStatus.Joining);

        (await InsertAsync(Table, entry)).ShouldBeTrue();

        var table = await _other.Membership.ReadAllAsync(Cancel);
        table.Version.Version.ShouldBe(1);
        var read = table.Members.ShouldHaveSingleItem().Item1;
        read.SiloAddress.ShouldBe(entry.SiloAddress);
        (read.SiloName, read.HostName, read.Status, read.ProxyPort).ShouldBe(
            (entry.SiloName, entry.HostName, entry.Status, entry.ProxyPort));
        (read.StartTime, read.IAmAliveTime).ShouldBe((entry.StartTime, entry.IAmAliveTime));
        read.StartTime.Kind.ShouldBe(DateTimeKind.Utc);
        (await _other.Membership.ReadRowAsync(entry.SiloAddress, Cancel))
            .Members.ShouldHaveSingleItem()
            .Item1.SiloAddress.ShouldBe(entry.SiloAddress);
        (await _other.Membership.ReadRowAsync(Address(1), Cancel)).Version.Version.ShouldBe(
            1,
            "the version is told also for a silo that is no member");
    }

    [Fact]
    public async Task Insert_KnownMember_IsRefusedAndChangesNoVersion()
    {
        await InsertAsync(Table, Entry(11_111, SiloStatus.Joining));

        (await InsertAsync(Table, Entry(11_111, SiloStatus.Active))).ShouldBeFalse();

        var table = await Table.ReadAllAsync(Cancel);
        table.Version.Version.ShouldBe(1);
        table.Members.ShouldHaveSingleItem().Item1.Status.ShouldBe(SiloStatus.Joining);
    }

    [Fact]
    public async Task Insert_OfAnOldVersion_IsRefused()
    {
        var old = (await Table.ReadAllAsync(Cancel)).Version;
        await InsertAsync(Table, Entry(11_111, SiloStatus.Joining));

        (await _other.Membership.InsertRowAsync(Entry(22_222, SiloStatus.Joining), old.Next(), Cancel)).ShouldBeFalse();

        (await Table.ReadAllAsync(Cancel)).Members.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Update_OfTheVersionThatIsRead_ChangesStatusAndSuspicions()
    {
        await InsertAsync(Table, Entry(11_111, SiloStatus.Active));
        var table = await Table.ReadAllAsync(Cancel);
        var (entry, etag) = table.Members[0];
        entry.Status = SiloStatus.Dead;
        entry.SuspectTimes = [Tuple.Create(Address(22_222), Now), Tuple.Create(Address(33_333), Now.AddSeconds(1))];

        (await Table.UpdateRowAsync(entry, etag, table.Version.Next(), Cancel)).ShouldBeTrue();

        table = await _other.Membership.ReadAllAsync(Cancel);
        table.Version.Version.ShouldBe(2);
        table.Members[0].Item1.Status.ShouldBe(SiloStatus.Dead);
        table.Members[0].Item1.SuspectTimes.ShouldBe(entry.SuspectTimes);
    }

    [Fact]
    public async Task Update_OfAnOldVersionOrAStranger_IsRefused()
    {
        await InsertAsync(Table, Entry(11_111, SiloStatus.Active));
        var old = await Table.ReadAllAsync(Cancel);
        await InsertAsync(Table, Entry(22_222, SiloStatus.Active));
        var (entry, etag) = old.Members[0];
        entry.Status = SiloStatus.Dead;

        (await Table.UpdateRowAsync(entry, etag, old.Version.Next(), Cancel)).ShouldBeFalse();
        (
            await Table.UpdateRowAsync(
                Entry(1, SiloStatus.Active),
                etag,
                (await Table.ReadAllAsync(Cancel)).Version.Next(),
                Cancel)
        ).ShouldBeFalse();

        var table = await Table.ReadAllAsync(Cancel);
        table.Version.Version.ShouldBe(2);
        table.Members.ShouldAllBe(member => member.Item1.Status == SiloStatus.Active);
    }

    [Fact]
    public async Task Changes_ByManyAtOnce_AreOneAfterTheOther()
    {
        const int Silos = 8;
        var version = (await Table.ReadAllAsync(Cancel)).Version.Next();

        var inserted = await Task.WhenAll(
            Enumerable
                .Range(1, Silos)
                .Select(port =>
                    (port % 2 == 0 ? _one : _other).Membership.InsertRowAsync(
                        Entry(port, SiloStatus.Joining),
                        version,
                        Cancel)));

        inserted.Count(static won => won).ShouldBe(1, "all of them know the same version");
        var table = await Table.ReadAllAsync(Cancel);
        table.Version.Version.ShouldBe(1);
        table.Members.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task IAmAlive_Written_ChangesTheTimeAndNoVersion()
    {
        var entry = Entry(11_111, SiloStatus.Active);
        await InsertAsync(Table, entry);
        entry.IAmAliveTime = Now.AddMinutes(5);

        await Table.UpdateIAmAliveAsync(entry, Cancel);

        var table = await _other.Membership.ReadAllAsync(Cancel);
        table.Version.Version.ShouldBe(1);
        table.Members[0].Item1.IAmAliveTime.ShouldBe(Now.AddMinutes(5));
    }

    [Fact]
    public async Task Cleanup_DeletesDeadSilosOfLongAgoAlone()
    {
        await InsertAsync(Table, Entry(1, SiloStatus.Dead));
        await InsertAsync(Table, Entry(2, SiloStatus.Active));
        await InsertAsync(Table, Entry(3, SiloStatus.Dead, aliveAt: Now.AddDays(10)));
        await InsertAsync(Table, Entry(4, SiloStatus.Active));
        var table = await Table.ReadAllAsync(Cancel);
        var silent = table.Members.Single(static member => member.Item1.SiloAddress.Endpoint.Port == 4);
        silent.Item1.Status = SiloStatus.Dead;
        silent.Item1.SuspectTimes = [Tuple.Create(Address(2), Now.AddDays(10))];
        (await Table.UpdateRowAsync(silent.Item1, silent.Item2, table.Version.Next(), Cancel)).ShouldBeTrue();

        await Table.CleanupDefunctSiloEntriesAsync(Now.AddDays(7), Cancel);

        (await Table.ReadAllAsync(Cancel))
            .Members.Select(static member => member.Item1.SiloAddress.Endpoint.Port)
            .ShouldBe(
                [2, 3, 4],
                ignoreOrder: true,
                "1 died long ago; 2 lives, however silent; 3 was heard lately; 4 was declared dead lately");
    }

    [Fact]
    public async Task Clusters_InOneDatabase_DoNotSeeOneAnother()
    {
        using var third = await OrleansProviders.OpenAsync(_database, "another");
        await InsertAsync(Table, Entry(11_111, SiloStatus.Active));

        (await third.Membership.ReadAllAsync(Cancel)).Members.ShouldBeEmpty();
        await third.Membership.DeleteMembershipTableEntriesAsync("another", Cancel);

        (await Table.ReadAllAsync(Cancel)).Members.ShouldHaveSingleItem();
        (
            await Sql.ReadAsync(
                _database,
                "SELECT count(*)::text FROM OrleansMembershipVersionTable WHERE DeploymentId = 'another'")
        ).ShouldBe("0");
    }

    private static async Task<bool> InsertAsync(IMembershipTable table, MembershipEntry entry) =>
        await table.InsertRowAsync(entry, (await table.ReadAllAsync(Cancel)).Version.Next(), Cancel);

    private static SiloAddress Address(int port) => SiloAddress.New(IPAddress.Loopback, port, 1);

    private static MembershipEntry Entry(int port, SiloStatus status, DateTime? aliveAt = null) => new()
    {
        SiloAddress = Address(port),
        SiloName = $"silo {port}",
        HostName = "host",
        Status = status,
        ProxyPort = port + 1,
        StartTime = Now.AddMinutes(-1),
        IAmAliveTime = aliveAt ?? Now,
        SuspectTimes = [],
    };
}
