using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Storage;
using Orleans.Workflows.Grains.Supervision;

namespace Orleans.Workflows.Cluster;

/// <summary>A supervisor knows its stored state better than the database does, because that has fallen back.</summary>
public sealed class SupervisorStateTests
{
    private const string Name = "supervisor";

    [Fact]
    public async Task Save_WhenTheDatabaseHasFallenBack_ReadsTheStateAgainAndStores()
    {
        await using var cluster = await TestCluster.StartAsync(
            time: new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)),
            configure: static options => options.Supervisors = 1);
        var storage = cluster
            .Cluster.Silos[0]
            .ServiceProvider.GetRequiredKeyedService<IGrainStorage>(ControlPlane.StorageName);
        var grain = cluster.Grains.GetGrain<ISupervisorGrain>(SupervisorKey.Set(1).Single().Value).GetGrainId();
        await Eventually.TrueAsync("it has stored its state", async () => (await ReadAsync()).RecordExists);

        // Another writer, as far as the supervisor can tell: what it stored last is not what is there.
        var fallen = await ReadAsync();
        var lastScan = fallen.State!.LastCompleteScan;
        fallen.State = new SupervisorState { Woken = -1_000 };
        await storage.WriteStateAsync(Name, grain, fallen);
        cluster.Whole.Time.Advance(TimeSpan.FromMinutes(1));

        await Eventually.TrueAsync("it has stored its state again", async () =>
            (await ReadAsync()).State!.LastCompleteScan > lastScan);
        (await ReadAsync()).State!.Woken.ShouldBe(-1_000, "it counts on from what was there");

        async Task<GrainState<SupervisorState>> ReadAsync()
        {
            var stored = new GrainState<SupervisorState>(new SupervisorState());
            await storage.ReadStateAsync(Name, grain, stored);
            return stored;
        }
    }
}
