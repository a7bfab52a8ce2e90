using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>Whose a database is, and by what time its cluster reckons.</summary>
public sealed class PostgresClusterRecordTests(PostgresFixture fixture) : IAsyncLifetime
{
    private string _database = "";
    private PostgresClusterRecord _record = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await fixture.CreateDatabaseAsync(nameof(PostgresClusterRecordTests));
        _record = new PostgresClusterRecord(_database);
    }

    public ValueTask DisposeAsync() => _record.DisposeAsync();

    [Fact]
    public async Task Read_NewDatabase_IsNobodysAndShowsTheServersClock()
    {
        var before = TimeProvider.System.GetUtcNow();
        var reading = await _record.ReadAsync(Token);

        reading.ClusterId.ShouldBeNull();
        (reading.Correction, reading.Corrections).ShouldBe((TimeSpan.Zero, 0));
        reading.Time.ShouldBeInRange(
            before - TimeSpan.FromMilliseconds(1),
            TimeProvider.System.GetUtcNow() + TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Claim_NobodysDatabase_IsTheClustersAndStaysIt()
    {
        (await _record.ClaimAsync("red", force: false, Token)).ShouldBeNull();
        (await _record.ClaimAsync("red", force: false, Token)).ShouldBeNull();

        (await _record.ReadAsync(Token)).ClusterId.ShouldBe("red");
    }

    [Fact]
    public async Task Claim_ByManyAtOnceWithForce_LeavesOneOwnerAndEachKnowsFromWhomItTook()
    {
        var ids = Enumerable.Range(0, 6).Select(static index => $"cluster-{index}").ToList();
        var former = await Task.WhenAll(ids.Select(async id =>
        {
            await using var record = new PostgresClusterRecord(_database);
            return await record.ClaimAsync(id, force: true, Token);
        }));

        former.Count(static id => id is null).ShouldBe(1, "one was the first");
        former.OfType<string>().ShouldBeUnique();
        ids.Except(former.OfType<string>()).ShouldHaveSingleItem().ShouldBe((await _record.ReadAsync(Token)).ClusterId);
    }

    /// <summary>
    /// Whatever the time says that a member writes: its clock may be wrong. Going on to write is what counts.
    /// </summary>
    [Theory]
    [InlineData("- interval '10 minutes'")]
    [InlineData("+ interval '10 minutes'")]
    public async Task Claim_WhileAnotherClustersMemberGoesOnWriting_IsRefusedAndNamesIt(string wrong)
    {
        await _record.ClaimAsync("red", force: false, Token);
        await AddMemberAsync("red", "red-1", 3, wrong);
        await AddMemberAsync("red", "red-2", 3, wrong);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var writing = WriteAsync("red-1", wrong, enough.Token);

        var refused = await Should.ThrowAsync<ClusterRefusedException>(() =>
            _record.ClaimAsync("blue", force: false, Token));
        await enough.CancelAsync();
        await writing;

        refused.Message.ShouldContain("The cluster 'blue' cannot have the PostgreSQL database");
        refused.Message.ShouldContain("'red', of which 1 member(s) live: red-1 (10.0.0.1:11111).");
        (await _record.ReadAsync(Token)).ClusterId.ShouldBe("red");
        (await _record.ClaimAsync("blue", force: true, Token)).ShouldBe("red");
    }

    [Fact]
    public async Task Claim_MembersThatWriteNoMoreOrHaveLeft_TakesTheDatabase()
    {
        await _record.ClaimAsync("red", force: false, Token);
        await AddMemberAsync("red", "killed", 3, "");
        await AddMemberAsync("red", "left", 6, "");

        (await _record.ClaimAsync("blue", force: false, Token)).ShouldBe("red");

        (await _record.ReadAsync(Token)).ClusterId.ShouldBe("blue");
    }

    /// <summary>A database that a version of before the record has used: its members count all the same.</summary>
    [Fact]
    public async Task Claim_NoRecordButMembersOfAnotherCluster_IsRefused()
    {
        await AddMemberAsync("red", "old-1", 3, "");
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var writing = WriteAsync("old-1", "", enough.Token);

        var refused = await Should.ThrowAsync<ClusterRefusedException>(() =>
            _record.ClaimAsync("blue", force: false, Token));
        await enough.CancelAsync();
        await writing;

        refused.Message.ShouldContain("it is that of the cluster 'red'");
        (await _record.ReadAsync(Token)).ClusterId.ShouldBeNull();
    }

    [Fact]
    public async Task Correct_ByTwoOfOneReading_IsWrittenOnce()
    {
        await _record.ClaimAsync("red", force: false, Token);
        var seen = await _record.ReadAsync(Token);

        (await _record.CorrectAsync(seen, TimeSpan.FromMinutes(-10), Token)).ShouldBeTrue();
        (await _record.CorrectAsync(seen, TimeSpan.FromMinutes(7), Token)).ShouldBeFalse();

        var reading = await _record.ReadAsync(Token);
        (reading.Correction, reading.CorrectedAt, reading.Corrections).ShouldBe(
            (TimeSpan.FromMinutes(-10), seen.Time, 1));
    }

    [Fact]
    public async Task Database_ThatIsNotThere_IsUnavailable()
    {
        await using var nowhere = new PostgresClusterRecord(
            (await fixture.GetServerAsync()).ConnectionString("nowhere"));

        (await Should.ThrowAsync<StoreUnavailableException>(() => nowhere.ReadAsync(Token))).Message.ShouldContain(
            "nowhere");
    }

    private Task AddMemberAsync(string cluster, string name, int status, string wrong) =>
        Sql.RunAsync(
            _database,
            $"""
            INSERT INTO OrleansMembershipVersionTable (DeploymentId) VALUES ('{cluster}') ON CONFLICT DO NOTHING;
            INSERT INTO OrleansMembershipTable (DeploymentId, Address, Port, Generation, SiloName, HostName, Status,
                StartTime, IAmAliveTime)
            VALUES ('{cluster}', '10.0.0.1', 11111, {Math.Abs(
                name.GetHashCode(StringComparison.Ordinal)
            )}, '{name}', 'host', {status}, now(), now() {wrong})
            """
        );

    private async Task WriteAsync(string name, string wrong, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            await Sql.RunAsync(
                _database,
                $"UPDATE OrleansMembershipTable SET IAmAliveTime = now() {wrong} WHERE SiloName = '{name}'");
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, enough)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
