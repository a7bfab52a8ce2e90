using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Shared.Postgres;
using Orleans.Workflows.Storage.Postgres;
using Orleans.Workflows.Storage.Sqlite;

namespace Orleans.Workflows.Cluster.Frozen;

/// <summary>
/// A silo goes on with every process that the first commit of the stored format left alive. All timers there were due
/// long ago.
/// </summary>
public sealed class FrozenResumeTests
{
    // Id, state, exit code and output text, by id.
    private static readonly string[] Ends =
    [
        "chain-child-ended Finished 0 at once",
        "chain-child-live Finished 0 heard new",
        "child-ended Finished 0 at once",
        "child-failed Finished 300 ",
        "child-live Finished 0 heard new",
        "consumed Finished 0 heard the old world",
        "created-child Finished 0 at once",
        "created-child-parent Finished 0 at once",
        "created-later Finished 0 at once",
        "created-paused Finished 0 at once",
        "excepted Excepted 12 ",
        "exited Finished 300 ",
        "finished Finished 0 at once",
        "incident Finished 0 attempt 2",
        "killed Killed 10 ",
        "killed-child Killed 10 ",
        "paused Finished 0 heard new",
        "running Finished 0 attempt 2",
        "running-kill Killed 10 ",
        "told-child Finished 0 heard told",
        "unseen-child-ended Finished 0 heard told",
        "unseen-kill Killed 10 ",
        "unseen-pause Finished 0 heard new",
        "unseen-signal Finished 0 heard unseen",
        "waits-chain Finished 0 2 rounds, new",
        "waits-chain-children Finished 0 2 rounds, at once, heard new",
        "waits-children Finished 0 at once, heard new, failed",
        "waits-deadline Killed 11 ",
        "waits-parked Finished 0 heard early",
        "waits-retry Finished 0 attempt 2",
        "waits-signal Finished 0 heard new",
        "waits-timeout Finished 0 late",
        "waits-timer Finished 0 heard new",
    ];

    private static readonly string[] Listeners =
    [
        "waits-signal",
        "waits-timer",
        "waits-chain",
        "child-live",
        "chain-child-live",
        "paused",
        "unseen-pause",
    ];
    private static readonly string[] Resting = ["created-paused", "paused", "incident", "unseen-pause"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sqlite_OfTheFirstCommit_EveryProcessGoesOnToItsEnd()
    {
        var folder = Directory.CreateTempSubdirectory("owf-frozen-");
        var file = Path.Combine(folder.FullName, "workflows.db");
        File.Copy(FileOf("sqlite-0001.db"), file);

        await ShouldResumeAsync(new SqliteProcessStore(
            new SqliteStoreOptions { Path = file }, TimeProvider.System, NullLogger<SqliteProcessStore>.Instance));

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Postgres_OfTheFirstCommit_EveryProcessGoesOnToItsEnd()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Cancel);
        var database = await server.CreateDatabaseAsync("frozen", cancellationToken: Cancel);
        await using (var connection = new NpgsqlConnection(database + ";Pooling=false"))
        {
            await connection.OpenAsync(Cancel);
            await using var load = new NpgsqlCommand(
                await File.ReadAllTextAsync(FileOf("postgres-0001.sql"), Cancel),
                connection);
            await load.ExecuteNonQueryAsync(Cancel);
        }

        await ShouldResumeAsync(
            new PostgresProcessStore(
                new PostgresStoreOptions { ConnectionString = database },
                TimeProvider.System,
                NullLogger<PostgresProcessStore>.Instance));
    }

    private static string FileOf(string name) => Path.Combine(AppContext.BaseDirectory, "Frozen", name);

    private static async Task ShouldResumeAsync(IProcessStore store)
    {
        await using var cluster = await TestCluster.StartAsync(
            configure: static options => options.OwnerScanInterval = TimeSpan.FromSeconds(1),
            add: static workflows =>
            {
                workflows.AddProcess<FrozenMachine>().AddProcess<FrozenStuck>().AddProcess<FrozenChain>();
                workflows.Services.AddSingleton(new FrozenWorld(IsOld: false));
            },
            wrap: _ => store);
        var client = cluster.Client;
        await Eventually.TrueAsync("the unseen pause has its effect", async () =>
            (await StatusAsync(client, "unseen-pause")).Summary.Paused);

        foreach (var id in Resting)
        {
            await client.GetHandle(ProcessId.Parse(id)).PlayAsync(cancellationToken: Cancel);
        }

        foreach (var id in Listeners)
        {
            await client.GetHandle(ProcessId.Parse(id)).SignalAsync("go", "new", "new-signal", Cancel);
        }

        await Eventually.TrueAsync(
            "every process has ended",
            async () =>
                !await client
                    .ListAsync(
                        new ProcessQuery
                        {
                            States = [ProcessState.Created, ProcessState.Running, ProcessState.Waiting],
                        },
                        Cancel)
                    .AnyAsync(Cancel),
            seconds: 60);
        var ends = new List<string>();
        await foreach (var summary in client.ListAsync(cancellationToken: Cancel))
        {
            var outcome = await client.GetHandle(summary.Id).WaitAsync(Cancel);
            var text = outcome.Output is { } output ? WorkflowJson.Read<FrozenOutput>(output, "output")!.Text : "";
            ends.Add($"{summary.Id} {outcome.State} {outcome.ExitCode} {text}");
        }

        ends.Order(StringComparer.Ordinal).ShouldBe(Ends.Order(StringComparer.Ordinal));
    }

    private static Task<ProcessStatus> StatusAsync(IProcessClient client, string id) =>
        client.GetHandle(ProcessId.Parse(id)).GetStatusAsync(Cancel);
}
