using System.Collections.Concurrent;

namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>
/// A few threads that run tasks whose calls block, so that they hold neither grains nor the thread pool.
/// </summary>
internal sealed class DedicatedThreads : TaskScheduler, IDisposable
{
    private readonly BlockingCollection<Task> _tasks = [];
    private int _running;
    private int _disposed;

    /// <summary>Starts the threads.</summary>
    public DedicatedThreads(string name, int count)
    {
        _running = count;
        for (var i = 0; i < count; i++)
        {
            var thread = new Thread(Run) { IsBackground = true, Name = name };
            thread.UnsafeStart();
        }
    }

    /// <summary>Lets the threads end after what is queued.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _tasks.CompleteAdding();
        }
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task) => _tasks.Add(task);

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => [.. _tasks];

    private void Run()
    {
        foreach (var task in _tasks.GetConsumingEnumerable())
        {
            TryExecuteTask(task);
        }

        if (Interlocked.Decrement(ref _running) == 0)
        {
            _tasks.Dispose();
        }
    }
}
