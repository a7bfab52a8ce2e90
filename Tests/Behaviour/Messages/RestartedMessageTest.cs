using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>Messages outlive the silo that has taken them in.</summary>
/// <param name="stores">The clusters.</param>
/// <param name="kind">The store.</param>
public abstract class RestartedMessageTest(Stores stores, StoreKind kind) : BehaviourTest(stores, kind)
{
    /// <inheritdoc/>
    protected override ClusterUse Use => ClusterUse.Restarted;

    [Fact]
    public async Task Signals_AcrossARestart_AreKnownKeptAndInTheirOrder()
    {
        var process = await Client.StartAsync(
            TakerProcess.Type,
            new TakerInput(4),
            new StartOptions { Id = NewId() },
            Cancel);
        var ended = await Client.StartAsync(
            TakerProcess.Type,
            new TakerInput(1),
            new StartOptions { Id = NewId() },
            Cancel);
        await ended.SignalAsync("item", "the only one", "s-1", Cancel);
        await ended.WaitAsync(Cancel);
        await process.SignalAsync("item", "0", "s-0", Cancel);
        await StatusAsync(process, "has taken the first", static status => status.StepsCompleted == 2);
        await process.PauseAsync(cancellationToken: Cancel);
        await process.SignalAsync("item", "1", "s-1", Cancel);
        await process.SignalAsync("item", "2", "s-2", Cancel);

        await Cluster.RestartAsync();

        (await process.SignalAsync("item", "again", "s-0", Cancel)).WasStored.ShouldBeFalse("it was taken");
        (await process.SignalAsync("item", "again", "s-2", Cancel)).WasStored.ShouldBeFalse("it is kept");
        (await ended.SignalAsync("item", "again", "s-1", Cancel)).WasStored.ShouldBeFalse("its process has ended");
        await process.SignalAsync("item", "3", "s-3", Cancel);
        await process.PlayAsync(cancellationToken: Cancel);
        (await process.GetResultAsync(Cancel)).Taken.ShouldBe(4);
        Stage.NotesOf(process.Id).ShouldBe(["0", "1", "2", "3"]);
    }
}

/// <summary>Messages across restarts in memory.</summary>
/// <param name="stores">The clusters.</param>
[Collection("restarts in memory")]
public sealed class MemoryRestartedMessageTests(Stores stores) : RestartedMessageTest(stores, StoreKind.Memory);

/// <summary>Messages across restarts on SQLite.</summary>
/// <param name="stores">The clusters.</param>
[Collection("restarts on SQLite")]
public sealed class SqliteRestartedMessageTests(Stores stores) : RestartedMessageTest(stores, StoreKind.Sqlite);

/// <summary>Messages across restarts on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
[Collection("restarts on PostgreSQL")]
public sealed class PostgresRestartedMessageTests(Stores stores) : RestartedMessageTest(stores, StoreKind.Postgres);
