using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Benchmarks.Processes;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.Benchmarks.Scale;

/// <summary>
/// Fills the database with processes: each row and each line of history is what the engine decides, and is written by
/// the store's own commits. Only the activations are left out, which would make it take four times as long.
/// </summary>
internal sealed class BulkLoad : IAsyncDisposable
{
    /// <summary>The owner of what is loaded as running: no silo has this address.</summary>
    public const string DeadOwner = "192.0.2.1:11111@1";

    private const int AtATime = 4_096;

    private readonly PostgresProcessStore _store;

    private BulkLoad(PostgresProcessStore store) => _store = store;

    /// <summary>Opens a store of its own, which no silo has.</summary>
    /// <param name="connectionString">The database, which has its schema.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The loader.</returns>
    public static async Task<BulkLoad> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var options = new PostgresStoreOptions { ConnectionString = connectionString, Schema = StoreSchema.Verify };
        var store = new PostgresProcessStore(options, TimeProvider.System, NullLogger<PostgresProcessStore>.Instance);
        await store.InitializeAsync(cancellationToken);
        return new BulkLoad(store);
    }

    /// <summary>The id of a process that is loaded.</summary>
    /// <param name="prefix">How the ids begin.</param>
    /// <param name="index">Its number.</param>
    /// <returns>The id.</returns>
    public static ProcessId IdOf(string prefix, int index) => ProcessId.Parse($"{prefix}{index:0000000}");

    /// <summary>
    /// Loads processes that wait for a time: a start and a first step, committed one after the other.
    /// </summary>
    /// <param name="prefix">How the ids begin.</param>
    /// <param name="first">The number of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="dueAt">When each is due.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many were loaded per second.</returns>
    public Task<double> WaitingAsync(
        string prefix,
        int first,
        int count,
        Func<int, DateTimeOffset> dueAt,
        CancellationToken cancellationToken) =>
        LoadAsync(
            first,
            count,
            async index =>
            {
                var now = TimeProvider.System.GetUtcNow();
                var delay = dueAt(index) - now;
                var started = ProcessEngine.Create(
                    IdOf(prefix, index),
                    Request(
                        BenchmarkTypes.Rings.Name,
                        new RingsInput((long)delay.TotalMilliseconds, BenchmarkTypes.Carried)),
                    Guid.CreateVersion7().ToString("N"),
                    Context(now));
                await CommitAsync(Unowned(started), cancellationToken);
                var waits = new ProcessEvent.StepReturned(
                    new Directive.AwaitTime(delay, Rings.Then),
                    Context: null,
                    StatusText: null);
                await CommitAsync(ProcessEngine.Decide(started.Next, [waits], Context(now)), cancellationToken);
            },
            cancellationToken);

    /// <summary>
    /// Loads processes whose first step was running. They are paused, so that nobody takes them over yet.
    /// </summary>
    /// <param name="prefix">How the ids begin.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many were loaded per second.</returns>
    public Task<double> RunningAsync(string prefix, int count, CancellationToken cancellationToken) =>
        LoadAsync(
            first: 0,
            count,
            async index =>
            {
                var started = ProcessEngine.Create(
                    IdOf(prefix, index),
                    Request(BenchmarkTypes.Hello.Name, new HelloInput(1, BenchmarkTypes.Carried)),
                    Guid.CreateVersion7().ToString("N"),
                    Context(TimeProvider.System.GetUtcNow()));
                await CommitAsync(Unowned(started), cancellationToken);
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _store.DisposeAsync();

    /// <summary>
    /// A start whose row nobody looks after before it is loaded as a whole: the silo that is measured would take it
    /// over.
    /// </summary>
    private static Decision Unowned(Decision started) =>
        started with
        {
            Commit = started.Commit! with { Row = started.Commit.Row with { Paused = true, Owner = null } },
        };

    private static EngineContext Context(DateTimeOffset now) =>
        new(now, DeadOwner, Guid.CreateVersion7(), First: "RunAsync", DefinitionVersion: 1);

    private static StartRequest Request<TInput>(string type, TInput input) => new()
    {
        RequestId = Guid.CreateVersion7().ToString("N"),
        Type = type,
        Input = WorkflowJson.Write(input, "input"),
    };

    private async Task CommitAsync(Decision decision, CancellationToken cancellationToken)
    {
        var result = await _store.CommitAsync(decision.Commit!, cancellationToken);
        if (result.Status != CommitStatus.Done)
        {
            throw new BenchmarkException(
                $"Process {decision.Next.Row.Id} could not be loaded: {result.Status}, {result.Reason}");
        }
    }

    private static async Task<double> LoadAsync(
        int first,
        int count,
        Func<int, Task> load,
        CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var taken = first;
        await Task.WhenAll(
            Enumerable.Range(0, Math.Min(count, AtATime)).Select(_ => Task.Run(LoopAsync, cancellationToken)));
        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;

        async Task LoopAsync()
        {
            while (Interlocked.Increment(ref taken) - 1 is var index && index < first + count)
            {
                await load(index);
            }
        }
    }
}
