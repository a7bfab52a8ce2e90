using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.Sqlite;

namespace Orleans.Workflows.StorageTests.Sqlite;

/// <summary>
/// What happens when there is no room: callers are told, nothing acknowledged is lost, and work goes on later.
/// </summary>
public sealed class SqliteFullTests : SqliteTest
{
    [Fact]
    public async Task FullFile_CallersAreTold_AndPurgeMakesRoom()
    {
        var store = await OpenAsync(static o => o.MaxDatabaseBytes = 2 * 1024 * 1024);
        var live = await StoredAsync(store, A.Row("live"));
        var stored = await FillAsync(store);

        var send = () => store.SendAsync(A.Signal(live.Id, "big") with { Payload = new byte[512 * 1024] }, Token);
        (await Should.ThrowAsync<StoreUnavailableException>(send)).Message.ShouldContain("full");
        await ShouldHaveAsync(store, stored);
        (await store.PurgeAsync(A.Noon.AddDays(1), 1_000, Token)).ShouldBe(stored.Count);

        await store.PingAsync(Token);
        (await store.CommitAsync(A.Insert(Big("again")), Token)).Status.ShouldBe(CommitStatus.Done);
        (await store.ListAsync(new ProcessQuery(), Token))
            .Items.Select(static p => p.Id.Value)
            .ShouldBe(["live", "again"], ignoreOrder: true);
    }

    [Fact]
    public async Task FullFile_PingSaysSo()
    {
        var store = await OpenAsync(static o => o.MaxDatabaseBytes = 1024 * 1024);
        await FillAsync(store, bytes: 4 * 1024);

        await Should.ThrowAsync<StoreUnavailableException>(() => store.PingAsync(Token));
    }

    [Fact]
    public async Task FullDisk_CallersAreTold_AndNothingAcknowledgedIsLost()
    {
        using var disk = TinyDisk.TryMount(megabytes: 6);
        Assert.SkipWhen(disk is null, "Mounting a tmpfs needs root.");
        var path = Path.Combine(disk.Folder, "w.db");
        var ballast = Path.Combine(disk.Folder, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[2 * 1024 * 1024], Token);
        var store = await OpenAsync(o => o.Path = path);

        var live = await StoredAsync(store, A.Row("live"));

        var stored = await FillAsync(store);
        await Should.ThrowAsync<StoreUnavailableException>(() => store.SendAsync(
            A.Signal(live.Id, "big") with { Payload = new byte[1024 * 1024] }, Token));
        await ShouldHaveAsync(store, stored);
        File.Delete(ballast);

        (await store.CommitAsync(A.Insert(Big("again")), Token)).Status.ShouldBe(CommitStatus.Done);
        await store.DisposeAsync();
        await using var next = Source.Create(o => o.Path = path);
        await next.InitializeAsync(Token);
        await ShouldHaveAsync(next, [.. stored, "again"]);
    }

    private static ProcessRow Big(string id, int bytes = 40 * 1024) =>
        A.Row(id).Ended(A.Noon) with
        {
            Checkpoint = new byte[bytes],
        };

    private static async Task<List<string>> FillAsync(SqliteProcessStore store, int bytes = 40 * 1024)
    {
        var stored = new List<string>();
        var perWave = 10;
        for (var wave = 0; wave < 2_000; wave++)
        {
            var ids = Enumerable.Range(0, perWave).Select(i => $"w{wave:0000}-{i}").ToList();
            var results = await Task.WhenAll(ids.Select(id => store.CommitAsync(A.Insert(Big(id, bytes)), Token)));
            results.ShouldAllBe(static r =>
                r.Status == CommitStatus.Done || (r.Status == CommitStatus.Unavailable && r.Reason != null));
            stored.AddRange(ids.Where((_, i) => results[i].Status is CommitStatus.Done));
            if (results.All(static r => r.Status is CommitStatus.Unavailable))
            {
                if (perWave == 1)
                {
                    return stored;
                }

                perWave = 1;
            }
        }

        throw new InvalidOperationException("The file never became full.");
    }

    private static async Task ShouldHaveAsync(SqliteProcessStore store, List<string> ids)
    {
        var page = await store.ListAsync(
            new ProcessQuery { PageSize = 1_000, States = [ProcessState.Finished] },
            Token);
        page.Items.Select(static p => p.Id.Value)
            .Order(StringComparer.Ordinal)
            .ShouldBe(ids.Order(StringComparer.Ordinal));
        foreach (var id in ids)
        {
            (await store.LoadAsync(ProcessId.Parse(id), Token))!.Row.Checkpoint.Length.ShouldBe(40 * 1024);
        }
    }
}
