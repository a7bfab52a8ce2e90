using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Orleans.Workflows.Grains.Running;

/// <summary>
/// The threads of CPU-bound steps: a few of their own, so that steps which compute hold neither activations nor the
/// thread pool.
/// </summary>
internal sealed class ComputeThreads(IOptions<WorkflowOptions> options) : TaskScheduler, IDisposable
{
    private readonly BlockingCollection<Task> _tasks = [];
    private int _started;
    private int _disposed;

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => options.Value.CpuBoundSteps;

    /// <summary>Runs something on the threads, with everything that it awaits.</summary>
    /// <typeparam name="T">What it makes.</typeparam>
    public Task<T> RunAsync<T>(Func<Task<T>> compute, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _started, 1) == 0)
        {
            for (var i = 0; i < MaximumConcurrencyLevel; i++)
            {
                new Thread(Run)
                {
                    IsBackground = true,
                    Name = "CPU-bound steps",
                    Priority = ThreadPriority.BelowNormal,
                }.UnsafeStart();
            }
        }

        return Task.Factory.StartNew(compute, cancellationToken, TaskCreationOptions.DenyChildAttach, this).Unwrap();
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
    protected override void QueueTask(Task task)
    {
        try
        {
            _tasks.Add(task);
        }
        catch (InvalidOperationException)
        {
            // The silo has stopped; what a step does after that is of no account, and must not be left hanging.
            ThreadPool.UnsafeQueueUserWorkItem(_ => TryExecuteTask(task), state: null);
        }
    }

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
    }
}
