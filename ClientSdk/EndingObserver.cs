using System.Collections.Concurrent;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.ClientSdk;

/// <summary>The one observer of a client: hands each end to those who await it. Forgets those that nobody holds any more.</summary>
internal sealed class EndingObserver : IProcessObserver
{
    private const int PruneEvery = 1_024;

    private readonly ConcurrentDictionary<ProcessId, WeakReference<Ending>> _endings = new();
    private int _added;

    /// <inheritdoc/>
    public Task EndedAsync(ProcessOutcome outcome)
    {
        if (_endings.TryRemove(outcome.Id, out var reference) && reference.TryGetTarget(out var ending))
        {
            ending.Tell(outcome);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task MovedAsync(ProcessId id)
    {
        if (_endings.TryGetValue(id, out var reference) && reference.TryGetTarget(out var ending))
        {
            ending.AskAgain();
        }

        return Task.CompletedTask;
    }

    /// <summary>Has everybody who waits ask again.</summary>
    public void AskAgain()
    {
        foreach (var reference in _endings.Values)
        {
            if (reference.TryGetTarget(out var ending))
            {
                ending.AskAgain();
            }
        }
    }

    /// <summary>Awaits the end of a process.</summary>
    /// <param name="id">The process.</param>
    /// <returns>Its end, shared by all who await it. Whoever drops it is forgotten.</returns>
    public Ending Await(ProcessId id)
    {
        if (Interlocked.Increment(ref _added) % PruneEvery == 0)
        {
            foreach (var entry in _endings.Where(static entry => !entry.Value.TryGetTarget(out _)))
            {
                _endings.TryRemove(entry);
            }
        }

        while (true)
        {
            var reference = _endings.GetOrAdd(id, static _ => new WeakReference<Ending>(new Ending()));
            if (reference.TryGetTarget(out var ending))
            {
                return ending;
            }

            _endings.TryRemove(new KeyValuePair<ProcessId, WeakReference<Ending>>(id, reference));
        }
    }
}
