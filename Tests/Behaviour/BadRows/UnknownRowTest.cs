using System.Text;
using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.BadRows;

/// <summary>Rows that are sound, but not for this silo: they wait for one that knows them.</summary>
/// <param name="stores">The clusters.</param>
/// <param name="kind">The store.</param>
public abstract class UnknownRowTest(Stores stores, StoreKind kind) : RowTest(stores, kind)
{
    /// <inheritdoc/>
    protected override ClusterUse Use => ClusterUse.Restarted;

    [Fact]
    public async Task RowsThatThisSiloDoesNotKnow_AreLeftAsTheyAre_AndRunWhereTheyAreKnown()
    {
        await Cluster.RestartAsync(typeof(BadChain));
        var type = await StartAsync(1);
        var version = await StartAsync(2);
        var format = await StartAsync(3);
        var foreign = await StartAsync(4);
        var paused = await StartAsync(5);
        await Hand.SetTypeAsync(type.Id, "behaviour/bad-later", 1);
        await Hand.SetTypeAsync(version.Id, "behaviour/bad", 7);
        var known = await EditAsync(format, "{\"format\":2", "{\"format\":99,\"invented\":{\"later\":1}");
        await Hand.ChangeAsync(foreign.Id, "checkpoint", static _ =>
            "{\"format\":99,\"position\":[\"other\"]}"u8.ToArray());
        await EditAsync(paused, "{\"format\":2", "{\"format\":99,\"invented\":{\"later\":1}");
        ProcessHandle<BadOutput>[] all = [type, version, format, foreign];
        var before = await RowsAsync(all);

        await Cluster.RestartAsync();
        foreach (var process in all)
        {
            await process.SignalAsync("go", new BadPayload(10), cancellationToken: Cancel);
        }

        await paused.PauseAsync("by hand", cancellationToken: Cancel);
        await StatusAsync(paused, "is paused", static status => status.Summary.Paused);
        for (var pass = 0; pass < 20; pass++)
        {
            foreach (var process in all)
            {
                await Cluster.SettleAsync(process.Id);
            }
        }

        (await RowsAsync(all)).ShouldBe(before);
        (await foreign.GetStatusAsync(Cancel)).WaitingFor.ShouldBe(
            "A silo that can run it, for no live one can: here its checkpoint has format 99, and this silo knows 4.");
        Encoding
            .UTF8.GetString(await Hand.ChangeAsync(paused.Id, "checkpoint", static now => now))
            .ShouldContain(
                "\"invented\":{\"later\":1}",
                Case.Sensitive,
                "a silo that pauses it keeps what it does not know");

        await Cluster.RestartAsync(typeof(LaterChain), typeof(SeventhChain));
        await Hand.ChangeAsync(format.Id, "checkpoint", _ => known);
        foreach (var process in all)
        {
            await Cluster.SettleAsync(process.Id);
        }

        (await type.GetResultAsync(Cancel)).Number.ShouldBe(12);
        (await version.GetResultAsync(Cancel)).Number.ShouldBe(13);
        (await format.GetResultAsync(Cancel)).Number.ShouldBe(14);
        await foreign.KillAsync("nobody has it", cancellationToken: Cancel);
        (await foreign.WaitAsync(Cancel)).Message.ShouldBe("nobody has it");
    }

    private async Task<List<string>> RowsAsync(IEnumerable<ProcessHandle> processes)
    {
        var rows = new List<string>();
        foreach (var process in processes)
        {
            var status = await process.GetStatusAsync(Cancel);
            rows.Add(
                $"{status.Summary.Version} {status.Summary.Paused} {status.Summary.Incident} "
                + $"{Encoding.UTF8.GetString(await Hand.ChangeAsync(process.Id, "checkpoint", static now => now))}");
        }

        return rows;
    }
}

/// <summary>Rows of later silos in memory.</summary>
/// <param name="stores">The clusters.</param>
[Collection("restarts in memory")]
public sealed class MemoryUnknownRowTests(Stores stores) : UnknownRowTest(stores, StoreKind.Memory);

/// <summary>Rows of later silos on SQLite.</summary>
/// <param name="stores">The clusters.</param>
[Collection("restarts on SQLite")]
public sealed class SqliteUnknownRowTests(Stores stores) : UnknownRowTest(stores, StoreKind.Sqlite);

/// <summary>Rows of later silos on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
[Collection("restarts on PostgreSQL")]
public sealed class PostgresUnknownRowTests(Stores stores) : UnknownRowTest(stores, StoreKind.Postgres);
