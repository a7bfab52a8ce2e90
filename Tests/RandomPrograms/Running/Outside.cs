using System.Collections.Concurrent;
using Orleans.Workflows.RandomPrograms.Interpreting;

namespace Orleans.Workflows.RandomPrograms.Running;

/// <summary>
/// Everybody outside of the processes: one actor for each, who does what its program says, through the client.
/// </summary>
/// <param name="client">The client.</param>
/// <param name="world">Where causes of failures are mended.</param>
/// <param name="cancel">Ends it.</param>
internal sealed class Outside(IProcessClient client, World world, CancellationToken cancel)
{
    private readonly ConcurrentDictionary<ProcessId, Actor> _actors = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private int _acts;
    private int _open;

    /// <summary>What processes and answers should not be, and were.</summary>
    public IReadOnlyList<string> Faults => [.. _faults];

    /// <summary>How many signals and controls were sent.</summary>
    public int Acts => Volatile.Read(ref _acts);

    /// <summary>How many of them have not been answered yet.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>The client.</summary>
    public IProcessClient Client => client;

    /// <summary>Where causes of failures are mended.</summary>
    public World World => world;

    /// <summary>Tells the actor of a process that it has changed.</summary>
    /// <param name="view">The process.</param>
    public void Tell(ProcessView view)
    {
        if (!cancel.IsCancellationRequested)
        {
            _actors.GetOrAdd(view.Row.Id, id => new Actor(this, id, cancel)).Tell(view);
        }
    }

    /// <summary>Notes a fault.</summary>
    /// <param name="fault">A sentence.</param>
    public void Blame(string fault) => _faults.Enqueue(fault);

    /// <summary>Does something, again and again while the cluster does not answer.</summary>
    /// <param name="id">To which process.</param>
    /// <param name="act">What.</param>
    /// <returns>Completes when it is done, or the process has ended.</returns>
    public async Task DoAsync(ProcessId id, Func<ProcessHandle, Task> act)
    {
        Interlocked.Increment(ref _acts);
        Interlocked.Increment(ref _open);
        try
        {
            while (!cancel.IsCancellationRequested && !await IsDoneAsync(id, act))
            {
            }
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task<bool> IsDoneAsync(ProcessId id, Func<ProcessHandle, Task> act)
    {
        try
        {
            await act(client.GetHandle(id));
        }
        catch (Exception e) when (e is WorkflowUnavailableException or OperationCanceledException)
        {
            // The next try finds a silo that answers.
            return false;
        }
        catch (InvalidProcessStateException)
        {
            // It has ended, as it may.
        }
        catch (WorkflowException e)
        {
            Blame($"{id}: {e.GetType().Name}: {e.Message}");
        }

        return true;
    }
}
