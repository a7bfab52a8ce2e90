using System.Collections.Concurrent;
using Orleans.Workflows.Storage.GroupCommit;

namespace Orleans.Workflows.StorageTests.GroupCommit;

/// <summary>A database whose faults are scripted and whose rows are versions with their last operation.</summary>
internal sealed class FakeDatabase : IWriteProvider
{
    private int _executions;

    /// <summary>
    /// Called at each execution with its number, 1 for the first, and its items; throws to fail it, waits to hold it
    /// up.
    /// </summary>
    public Func<int, IReadOnlyList<WriteItem>, Task> Script { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>The processes whose rows others have locked, and can be seen to.</summary>
    public ConcurrentDictionary<ProcessId, bool> Locked { get; } = [];

    /// <summary>
    /// The processes that others have inserted and not committed: a batch with one of them meets a lock that cannot be
    /// found.
    /// </summary>
    public ConcurrentDictionary<ProcessId, bool> Uncommitted { get; } = [];

    /// <summary>Who has a lock on a whole table; null for nobody.</summary>
    public string? TableLock { get; set; }

    /// <summary>Whether it takes a made-up write that touches the same; throws to refuse it.</summary>
    public Func<Touched, bool> TakesTheLike { get; set; } = static _ => false;

    /// <summary>Called at each opening; throws to fail it.</summary>
    public Action Opening { get; set; } = static () => { };

    /// <summary>Whether executions fail and the provider cannot say what that means.</summary>
    public bool Broken { get; set; }

    /// <summary>The rows.</summary>
    public ConcurrentDictionary<ProcessId, (long Version, Guid Operation)> Rows { get; } = [];

    /// <summary>The ids of the batches that were tried, in the order of their beginning.</summary>
    public ConcurrentQueue<string[]> Tried { get; } = [];

    /// <summary>How many connections were opened.</summary>
    public int Opened { get; private set; }

    /// <inheritdoc/>
    public string Name => "the fake database";

    /// <inheritdoc/>
    public int Writers { get; init; } = 1;

    /// <inheritdoc/>
    public TaskScheduler Scheduler => TaskScheduler.Default;

    /// <inheritdoc/>
    public Task<WriteSession> OpenAsync(CancellationToken cancellationToken)
    {
        Opening();
        Opened++;
        return Task.FromResult<WriteSession>(new FakeSession(this));
    }

    /// <inheritdoc/>
    public WriteFault Classify(Exception exception) =>
        Broken
            ? throw new NotSupportedException("scripted fault of the provider")
            : (exception as FakeFaultException)?.Fault ?? WriteFault.Refused;

    /// <summary>Counts an execution.</summary>
    /// <param name="items">Its items.</param>
    /// <returns>Its number.</returns>
    public int Begin(IReadOnlyList<WriteItem> items)
    {
        if (Broken)
        {
            throw new NotSupportedException("scripted fault");
        }

        Tried.Enqueue([.. items.Select(static i => i is SendItem ? $"send {i.Id}" : i.Id.Value)]);
        return Interlocked.Increment(ref _executions);
    }
}
