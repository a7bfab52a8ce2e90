using System.Diagnostics;
using System.Text;
using Orleans.Workflows.Behaviour.Clusters;
using Orleans.Workflows.Behaviour.FanOut;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Behaviour.Restarts;

/// <summary>
/// A silo that dies with hundreds of large contexts: the one that survives it never loads more of them at a time than
/// it has bytes for, and all of them go on.
/// </summary>
/// <param name="kind">The store.</param>
public abstract class LoadedBytesTest(StoreKind kind)
{
    private const string DeadSilo = "192.0.2.1:11111@1";
    private const int Orphans = 300;
    private const int Size = 1 << 20;

    /// <summary>What a supervisor lets processes load together that it has woken for one reason.</summary>
    private const long Allowed = 16 << 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orphans_OfAMebibyteEach_AreTakenOverWithinTheBytesThatAreAllowed()
    {
        LoadingStore? store = null;
        await using var cluster = await BehaviourCluster.StartAsync(
            kind,
            opened => store = new LoadingStore(opened),
            static options => (options.Supervisors, options.OwnerScanInterval) = (1, TimeSpan.FromSeconds(1)));
        var context = new string('x', Size);
        foreach (var some in Enumerable.Range(0, Orphans).Chunk(8))
        {
            await Task.WhenAll(some.Select(i => StoreAsync(store!, ProcessId.Parse($"orphan-{i:000}"), context)));
        }

        store!.Show();

        // Not by a client that waits for their ends, which would bring each of them into memory.
        var query = new ProcessQuery { States = [ProcessState.Finished], PageSize = Orphans };
        var began = Stopwatch.GetTimestamp();
        while ((await store.ListAsync(query, Cancel)).Items.Count < Orphans)
        {
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromMinutes(2), "all are taken over and finish");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Cancel);
        }

        store.Most.ShouldBeInRange(
            Allowed / 2,
            Allowed + (Allowed / 2),
            "several at a time, but no more than one window of wakes has under way, and what it has just let go");
    }

    private static async Task StoreAsync(IProcessStore store, ProcessId id, string context)
    {
        var row = new ProcessRow
        {
            Id = id,
            RunId = "run",
            Type = LeafProcess.Type.Name,
            DefinitionVersion = 1,
            State = ProcessState.Running,
            Root = id,
            CreatedAt = TimeProvider.System.GetUtcNow(),
            UpdatedAt = TimeProvider.System.GetUtcNow(),
            Owner = DeadSilo,
            Version = 1,
            StartRequestId = "request",
            Input = """{"number":1,"gated":false,"size":1}"""u8.ToArray(),
            Checkpoint = Encoding.UTF8.GetBytes(
                $$$"""{"format":1,"position":"RunAsync","context":{"text":"{{{context}}}"}}"""),
        };
        var commit = new ProcessCommit
        {
            OperationId = Guid.CreateVersion7(),
            Row = row,
            ExpectedVersion = 0,
            History = [new HistoryEvent(HistoryKind.Created)],
        };
        (await store.CommitAsync(commit, Cancel)).Status.ShouldBe(CommitStatus.Done);
    }

    /// <summary>
    /// Knows how many bytes are being taken over: from the load of a process to its first commit, with which its wake
    /// is answered. Until the test says so it shows nobody that the dead silo has processes.
    /// </summary>
    private sealed class LoadingStore(IProcessStore inner) : DelegatingProcessStore(inner)
    {
        /// <summary>
        /// A wake without an answer loses its place after five seconds, and another is let in: what has taken nearly so
        /// long does not count any more.
        /// </summary>
        private static readonly TimeSpan Place = TimeSpan.FromSeconds(4);

        private readonly Lock _lock = new();
        private readonly Dictionary<ProcessId, long> _underWay = [];
        private volatile bool _shows;
        private int _most;

        public long Most => (long)_most * Size;

        public void Show() => _shows = true;

        public override async Task<IReadOnlyList<string>> ListOwnersAsync(CancellationToken cancellationToken) =>
            await base.ListOwnersAsync(cancellationToken) is var owners && _shows
                ? owners
                : [.. owners.Where(static owner => owner != DeadSilo)];

        public override Task<LoadedProcess?> LoadAsync(ProcessId id, CancellationToken cancellationToken)
        {
            if (_shows && id.Value.StartsWith("orphan-", StringComparison.Ordinal))
            {
                lock (_lock)
                {
                    _underWay.TryAdd(id, Stopwatch.GetTimestamp());
                    _most = Math.Max(
                        _most,
                        _underWay.Values.Count(static began => Stopwatch.GetElapsedTime(began) < Place));
                }
            }

            return base.LoadAsync(id, cancellationToken);
        }

        public override async Task<CommitResult> CommitAsync(ProcessCommit commit, CancellationToken cancellationToken)
        {
            var result = await base.CommitAsync(commit, cancellationToken);
            lock (_lock)
            {
                _underWay.Remove(commit.Row.Id);
            }

            return result;
        }
    }
}

/// <summary>Large contexts of a dead silo on SQLite.</summary>
public sealed class SqliteLoadedBytesTests() : LoadedBytesTest(StoreKind.Sqlite);

/// <summary>Large contexts of a dead silo on PostgreSQL.</summary>
public sealed class PostgresLoadedBytesTests() : LoadedBytesTest(StoreKind.Postgres);
