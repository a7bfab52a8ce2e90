using System.Collections.Concurrent;
using System.Diagnostics;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Cluster;

/// <summary>What a large dead silo leaves behind is taken over bit by bit.</summary>
public sealed class WakeBoundTests
{
    private const string DeadSilo = "192.0.2.1:11111@1";
    private const int Orphans = 300;

    [Fact]
    public async Task Orphans_MoreThanTheSilosCanTake_AreNotWokenAllAtOnceAndHoldUpNoTimer()
    {
        SlowStore? slow = null;
        await using var cluster = await TestCluster.StartAsync(
            configure: static options => (options.Supervisors, options.OwnerScanInterval) = (1, TimeSpan.FromSeconds(1)), wrap: store => slow = new SlowStore(store));
        var now = TimeProvider.System.GetUtcNow();
        var ids = await Task.WhenAll(Enumerable.Range(0, Orphans).Select(i => StoredRows.OwnedAsync(cluster.Store, $"orphan-{i}", DeadSilo, now)));

        await Eventually.TrueAsync("the supervisor wakes orphans", () => Task.FromResult(!slow!.Woken.IsEmpty));
        var timer = await StoredRows.DueAsync(cluster.Store, "timer", now);
        await Eventually.TrueAsync("a timer rings", () => StoredRows.HasFinishedAsync(cluster.Store, timer));
        slow!.Woken.Count.ShouldBeLessThan(Orphans, "the timer rings while there are orphans that were not woken");
        await Eventually.TrueAsync("those are woken when the first have not moved for 5 s", () => Task.FromResult(slow.Woken.Count == Orphans), seconds: 60);

        // A round of them every 5 s. Without the bound, all would come within the second.
        var times = slow.Woken.Values.Order().ToList();
        times.Select(began => times.Count(at => at >= began && Stopwatch.GetElapsedTime(began, at) < TimeSpan.FromSeconds(2))).Max().ShouldBeLessThanOrEqualTo(128);
        slow.GoOn();
        foreach (var id in ids)
        {
            await Eventually.TrueAsync($"{id} has finished", () => StoredRows.HasFinishedAsync(cluster.Store, id));
        }
    }

    /// <summary>A silo that is slow: what it loads of orphans comes when the test says so. Until then the wake is under way.</summary>
    private sealed class SlowStore(IProcessStore inner) : DelegatingProcessStore(inner)
    {
        private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>When each orphan was woken first.</summary>
        public ConcurrentDictionary<ProcessId, long> Woken { get; } = new();

        public void GoOn() => _goOn.SetResult();

        public override async Task<LoadedProcess?> LoadAsync(ProcessId id, CancellationToken cancellationToken)
        {
            if (id.Value.StartsWith("orphan-", StringComparison.Ordinal))
            {
                Woken.TryAdd(id, Stopwatch.GetTimestamp());
                await _goOn.Task.WaitAsync(cancellationToken);
            }

            return await base.LoadAsync(id, cancellationToken);
        }
    }
}
