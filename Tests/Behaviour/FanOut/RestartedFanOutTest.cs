using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.FanOut;

/// <summary>A parent of many whose silo is gone in between.</summary>
/// <param name="stores">The clusters.</param>
/// <param name="kind">The store.</param>
public abstract class RestartedFanOutTest(Stores stores, StoreKind kind) : BehaviourTest(stores, kind)
{
    private const int Bound = 20;

    private static readonly ProcessState[] Begun = [ProcessState.Running, ProcessState.Waiting];

    /// <inheritdoc/>
    protected override ClusterUse Use => ClusterUse.Restarted;

    [Fact]
    public async Task ManyChildren_AcrossARestart_AreAllThereAndNeverMoreThanTheBound()
    {
        const int Many = 260;
        var parent = await Client.StartAsync(
            FanOutProcess.Type,
            new FanOutInput(Many, Bound, Gated: true),
            new StartOptions { Id = NewId() },
            Cancel);
        Open(parent, 0, 110);
        await Stage.ReachedAsync(parent.Id.Child(0, 110 + Bound - 1), "entered", Cancel);

        // The one that began last need not be the last to say so.
        int begun;
        while ((begun = await BegunAsync(parent)) != Bound)
        {
            begun.ShouldBeLessThan(Bound);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancel);
        }

        await Cluster.RestartAsync();
        Open(parent, 110, Many);
        var result = parent.GetResultAsync(Cancel);
        while (!result.IsCompleted)
        {
            (await BegunAsync(parent)).ShouldBeLessThanOrEqualTo(Bound);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel);
        }

        (await result).Numbers.ShouldBe(Enumerable.Range(0, Many));
    }

    private async Task<int> BegunAsync(ProcessHandle parent) => (
            await Client.ListPageAsync(
                new ProcessQuery
                {
                    Parent = parent.Id,
                    States = Begun,
                    PageSize = 1_000,
                },
                Cancel)
        ).Items.Count;

    private void Open(ProcessHandle parent, int from, int to)
    {
        for (var index = from; index < to; index++)
        {
            Stage.Reach(parent.Id.Child(0, index), "go");
        }
    }
}

/// <summary>Parents of many across restarts in memory.</summary>
/// <param name="stores">The clusters.</param>
[Collection("restarts in memory")]
public sealed class MemoryRestartedFanOutTests(Stores stores) : RestartedFanOutTest(stores, StoreKind.Memory);

/// <summary>Parents of many across restarts on SQLite.</summary>
/// <param name="stores">The clusters.</param>
[Collection("restarts on SQLite")]
public sealed class SqliteRestartedFanOutTests(Stores stores) : RestartedFanOutTest(stores, StoreKind.Sqlite);

/// <summary>Parents of many across restarts on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
[Collection("restarts on PostgreSQL")]
public sealed class PostgresRestartedFanOutTests(Stores stores) : RestartedFanOutTest(stores, StoreKind.Postgres);
