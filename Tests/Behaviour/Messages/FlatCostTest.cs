using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>
/// What a step costs a process that keeps thousands of signals: by what it reads and writes, not by a clock.
/// </summary>
/// <param name="kind">The store.</param>
public abstract class FlatCostTest(StoreKind kind)
{
    private const int Steps = 20;

    /// <summary>
    /// How many signals there are: the engine is the same on every store, and the databases take their time.
    /// </summary>
    private readonly int _many = kind == StoreKind.Memory ? 4_000 : 1_000;

    [Fact]
    public async Task Step_OfAProcessWithThousandsOfSignals_ReadsAndWritesAsMuchAsWithoutThem()
    {
        StoreMeter? meter = null;
        await using var cluster = await BehaviourCluster.StartAsync(kind, store =>
        {
            var metered = StoreMeter.Before(store);
            meter = (StoreMeter)(object)metered;
            return metered;
        });
        var process = await cluster.Client.StartAsync(
            TakerProcess.Type,
            new TakerInput((2 * Steps) + 1),
            new StartOptions { Id = ProcessId.Parse($"t-{Guid.NewGuid():N}") },
            Cancel);
        while ((await process.GetStatusAsync(Cancel)).Summary.State != ProcessState.Waiting)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Cancel);
        }

        meter!.Process = process.Id;

        await TakeAsync(process, meter, from: 0);
        var without = meter.Take();
        foreach (var some in Enumerable.Range(0, _many).Chunk(500))
        {
            await Task.WhenAll(some.Select(n => process.SignalAsync("other", $"{n}", $"n-{n}", Cancel)));
        }

        await cluster.SettleAsync(process.Id);
        var arriving = meter.Take();
        await TakeAsync(process, meter, from: Steps);
        var with = meter.Take();

        with.Commits.ShouldBe(without.Commits);
        with.Rows.ShouldBe(without.Rows);
        with.Read.ShouldBe(without.Read);
        with.Bytes.ShouldBeLessThan(without.Bytes + (Steps * 10), "a few digits more");
        arriving.Commits.ShouldBeLessThanOrEqualTo(_many);
        arriving.Read.ShouldBe(_many, "each is read once when it arrives");
        await process.SignalAsync("item", "last", cancellationToken: Cancel);
        (await process.GetResultAsync(Cancel)).Taken.ShouldBe((2 * Steps) + 1);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task TakeAsync(ProcessHandle process, StoreMeter meter, int from)
    {
        for (var n = from; n < from + Steps; n++)
        {
            await process.SignalAsync("item", $"{n}", cancellationToken: Cancel);

            // The signal is one commit, the end of the step that gets it another.
            while (meter.Use.Commits < 2 * (n - from + 1))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Cancel);
            }
        }
    }
}

/// <summary>What thousands of signals cost in memory.</summary>
public sealed class MemoryFlatCostTests() : FlatCostTest(StoreKind.Memory);

/// <summary>What thousands of signals cost on SQLite.</summary>
public sealed class SqliteFlatCostTests() : FlatCostTest(StoreKind.Sqlite);

/// <summary>What thousands of signals cost on PostgreSQL.</summary>
public sealed class PostgresFlatCostTests() : FlatCostTest(StoreKind.Postgres);
