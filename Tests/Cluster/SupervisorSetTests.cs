using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Supervision;

namespace Orleans.Workflows.Cluster;

/// <summary>The number of supervisors changes while silos are replaced one by one.</summary>
public sealed class SupervisorSetTests
{
    private static readonly TimeSpan OwnerScan = TimeSpan.FromSeconds(1);

    private volatile int _supervisors = 4;

    [Fact]
    public async Task Silos_WithDifferentNumbersOfSupervisors_TimersOfEverySliceRing()
    {
        await using var cluster = await StartAsync();
        foreach (var number in (int[])[8, 2])
        {
            _supervisors = number;
            await cluster.Cluster.StartAdditionalSiloAsync();
        }

        // A set that only its own silos kept would have ended where it is at home on others by now.
        await Eventually.TrueAsync("all three sets run", () =>
            Task.FromResult(Running(cluster, 4) == 4 && Running(cluster, 8) == 8 && Running(cluster, 2) == 2));
        await OutliveAsync(cluster, 4 * OwnerScan);
        var ids = await Task.WhenAll(
            IdOfEachSlice().Select(id => StoredRows.DueAsync(cluster.Store, id, TimeProvider.System.GetUtcNow())));

        foreach (var id in ids)
        {
            await Eventually.TrueAsync($"the timer of slice {ProcessRow.SliceOf(id)} has rung", () =>
                StoredRows.HasFinishedAsync(cluster.Store, id));
        }

        (Running(cluster, 4), Running(cluster, 8), Running(cluster, 2)).ShouldBe((4, 8, 2));
    }

    [Fact]
    public async Task LastSiloWithANumber_HasLeft_ItsSetEndsAndTheOthersCoverEverything()
    {
        _supervisors = 8;
        await using var cluster = await StartAsync();
        var leaving = cluster.Cluster.Silos[0];
        _supervisors = 2;
        await cluster.Cluster.StartAdditionalSiloAsync();
        await Eventually.TrueAsync("both sets run", () =>
            Task.FromResult(Running(cluster, 8) == 8 && Running(cluster, 2) == 2));

        await cluster.Cluster.StopSiloAsync(leaving, TestContext.Current.CancellationToken);

        await Eventually.TrueAsync("the set of eight has ended, the set of two has not", () =>
            Task.FromResult(Running(cluster, 8) == 0 && Running(cluster, 2) == 2));
        var ids = await Task.WhenAll(
            IdOfEachSlice().Select(id => StoredRows.DueAsync(cluster.Store, id, TimeProvider.System.GetUtcNow())));
        foreach (var id in ids)
        {
            await Eventually.TrueAsync($"the timer of slice {ProcessRow.SliceOf(id)} has rung", () =>
                StoredRows.HasFinishedAsync(cluster.Store, id));
        }
    }

    [Fact]
    public void Key_OfEachSupervisor_SaysWhichOfHowMany()
    {
        var keys = Enumerable.Range(1, SliceRange.Slices).SelectMany(SupervisorKey.Set).ToList();

        keys.Select(static key => key.Value).ShouldBeUnique();
        keys.ShouldAllBe(static key => key.IsValid && SupervisorKey.Of(key.Value) == key);
        foreach (var set in keys.GroupBy(static key => key.Count))
        {
            set.SelectMany(static key => Enumerable.Range(key.Slices.First, key.Slices.Last - key.Slices.First + 1))
                .ShouldBe(Enumerable.Range(0, SliceRange.Slices));
        }

        SupervisorKey.Of(3).IsValid.ShouldBeFalse("the keys of the first databases were the index alone");
    }

    private Task<TestCluster> StartAsync() =>
        TestCluster.StartAsync(configure: options =>
            (options.Supervisors, options.OwnerScanInterval) = (_supervisors, OwnerScan));

    private static int Running(TestCluster cluster, int count) =>
        SupervisorKey
            .Set(count)
            .Count(key =>
                cluster.Cluster.TryGetGrainContext(
                    cluster.Cluster.Client.GetGrain<ISupervisorGrain>(key.Value).GetGrainId(),
                    out _));

    private static IEnumerable<string> IdOfEachSlice() =>
        Enumerable
            .Range(0, int.MaxValue)
            .Select(static i => $"row-{i}")
            .DistinctBy(static id => ProcessRow.SliceOf(ProcessId.Parse(id)))
            .Take(SliceRange.Slices);

    /// <summary>
    /// Lets the silos' clock go on by a time: rows that become due one after the other tell when it has.
    /// </summary>
    private static async Task OutliveAsync(TestCluster cluster, TimeSpan time)
    {
        var last = await StoredRows.DueAsync(cluster.Store, "clock", TimeProvider.System.GetUtcNow() + time);
        await Eventually.TrueAsync($"{time} have passed", () => StoredRows.HasFinishedAsync(cluster.Store, last));
    }
}
