using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Restarting;

/// <summary>A restart chain that another silo has begun.</summary>
/// <param name="stores">The clusters.</param>
/// <param name="kind">The store.</param>
public abstract class RestartedSiloTest(Stores stores, StoreKind kind) : BehaviourTest(stores, kind)
{
    /// <inheritdoc/>
    protected override ClusterUse Use => ClusterUse.Restarted;

    [Fact]
    public async Task Silo_RestartedBetweenRuns_LosesNothing()
    {
        var process = await Client.StartAsync(
            TryChain.Type,
            new TryInput { Ends = ["memory", "wait"] },
            new StartOptions { Id = NewId() },
            Cancel);
        var runs = await UntilAsync(
            "the second run waits",
            () => Client.ListPageAsync(new ProcessQuery { Parent = process.Id }, Cancel),
            static page => page.Items.Count == 2 && page.Items.Any(static run => run.State == ProcessState.Waiting));

        await Cluster.RestartAsync();

        await Client
            .GetHandle(runs.Items.Single(static run => run.State == ProcessState.Waiting).Id)
            .SignalAsync("go", "now", cancellationToken: Cancel);
        (await process.GetResultAsync(Cancel)).ShouldSatisfyAllConditions(
            o => o.Runs.ShouldBe(2),
            o => o.Considered.ShouldBe(["1 High restart", "1 Later nothing", "1 Low nothing", "2 Later nothing"]));
    }
}

/// <summary>Restart chains over a restart in memory.</summary>
/// <param name="stores">The clusters.</param>
[Collection("restarts in memory")]
public sealed class MemoryRestartedSiloTests(Stores stores) : RestartedSiloTest(stores, StoreKind.Memory);

/// <summary>Restart chains over a restart on SQLite.</summary>
/// <param name="stores">The clusters.</param>
[Collection("restarts on SQLite")]
public sealed class SqliteRestartedSiloTests(Stores stores) : RestartedSiloTest(stores, StoreKind.Sqlite);

/// <summary>Restart chains over a restart on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
[Collection("restarts on PostgreSQL")]
public sealed class PostgresRestartedSiloTests(Stores stores) : RestartedSiloTest(stores, StoreKind.Postgres);
