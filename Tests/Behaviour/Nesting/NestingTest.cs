using System.Diagnostics;
using Orleans.Workflows.Behaviour.Clusters;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Behaviour.Nesting;

/// <summary>
/// A chain of hundreds of processes, up to a thousand, each started by the one above it, does what a chain of two does.
/// </summary>
/// <param name="kind">The store.</param>
/// <param name="levels">
/// How many with derived ids, which have to stay short; 200 with given ones. A thousand take 20 s of CPU time in
/// memory, 30 s on SQLite and 60 s on PostgreSQL, whose levels are no different: there it is fewer.
/// </param>
public abstract class NestingTest(StoreKind kind, int levels)
{
    private const int Given = 200;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task DerivedIds_OfManyLevels_StartEndAreKilledAndPurged() => RunAsync(levels, given: false);

    [Fact]
    public Task GivenIds_OfManyLevels_StartEndAreKilledAndPurged() => RunAsync(Given, given: true);

    private async Task RunAsync(int levels, bool given)
    {
        IProcessStore? store = null;
        await using var cluster = await BehaviourCluster.StartAsync(kind, opened => store = opened);

        var ended = await StartAsync(cluster, "ends", levels, given, waits: false);
        var output = await ended.GetResultAsync(Cancel).WaitAsync(TimeSpan.FromMinutes(2), Cancel);
        output.Below.ShouldBe(levels);
        output.LongestKey.ShouldBeLessThan(1_300, "ids and runs are bounded");

        var killed = await StartAsync(cluster, "killed", levels, given, waits: true);
        var tree = await DeepAsync(killed, levels);
        await ShowsAsync(cluster, tree);
        await killed.KillAsync("enough", cancellationToken: Cancel);
        await UntilAsync("all are killed", async () => (await LiveAsync(cluster, killed)) == 0);
        (await killed.GetTreeAsync(Cancel))
            .Flatten()
            .ShouldAllBe(static member => member.Process.State == ProcessState.Killed);

        (
            await store!.PurgeAsync(TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1), limit: 10, Cancel)
        ).ShouldBe(2 * (levels + 1));
        await Should.ThrowAsync<ProcessNotFoundException>(() =>
            cluster.Client.GetHandle(tree[^1].Id).GetStatusAsync(Cancel));
    }

    private static Task<ProcessHandle<NestedOutput>> StartAsync(
        BehaviourCluster cluster,
        string name,
        int levels,
        bool given,
        bool waits) =>
        cluster.Client.StartAsync(
            NestedProcess.Type,
            new NestedInput(levels, given ? name : null, waits),
            new StartOptions { Id = ProcessId.Parse($"{name}-{levels}") },
            Cancel);

    /// <summary>Waits until the last one of a chain waits.</summary>
    private static async Task<IReadOnlyList<ProcessSummary>> DeepAsync(ProcessHandle process, int levels)
    {
        IReadOnlyList<ProcessSummary> members = [];
        await UntilAsync("the last one waits", async () =>
        {
            members = [.. (await process.GetTreeAsync(Cancel)).Flatten().Select(static member => member.Process)];
            return members.Count == levels + 1 && members[^1].State == ProcessState.Waiting;
        });
        return members;
    }

    private static async Task ShowsAsync(BehaviourCluster cluster, IReadOnlyList<ProcessSummary> tree)
    {
        tree.Select(static member => member.Id).ShouldBeUnique();
        tree.Max(static member => member.Id.Value.Length).ShouldBeLessThanOrEqualTo(ProcessId.MaxLength);
        tree.Skip(1).Zip(tree).ShouldAllBe(static pair => pair.First.Parent == pair.Second.Id);
        (await cluster.Client.GetHandle(tree[^1].Id).GetStatusAsync(Cancel)).WaitingFor.ShouldBe(
            "The signal 'never'.");
        (await cluster.Client.GetHandle(tree[^2].Id).GetStatusAsync(Cancel)).WaitingFor.ShouldBe(
            "1 of 1 children of step 0 to end.");
        (
            await cluster
                .Client.GetHandle(tree[0].Id)
                .GetReportsAsync(tree: true, cancellationToken: Cancel)
                .ToListAsync(Cancel)
        ).ShouldBeEmpty();
    }

    private static ValueTask<int> LiveAsync(BehaviourCluster cluster, ProcessHandle process) =>
        cluster
            .Client.ListAsync(
                new ProcessQuery
                {
                    Root = process.Id,
                    States = [ProcessState.Created, ProcessState.Running, ProcessState.Waiting],
                    PageSize = 1_000,
                },
                Cancel)
            .CountAsync(Cancel);

    private static async Task UntilAsync(string what, Func<Task<bool>> condition)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromMinutes(2), what);
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Cancel);
        }
    }
}

/// <summary>Deep nesting on the memory store.</summary>
public sealed class MemoryNestingTests() : NestingTest(StoreKind.Memory, 1_000);

/// <summary>Deep nesting on SQLite.</summary>
public sealed class SqliteNestingTests() : NestingTest(StoreKind.Sqlite, 300);

/// <summary>Deep nesting on PostgreSQL.</summary>
public sealed class PostgresNestingTests() : NestingTest(StoreKind.Postgres, 300);
