using System.Collections.Concurrent;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.ClientSdk;

/// <summary>
/// The one observer of a client: hands each end to those who await it. Forgets those that nobody holds any more.
/// </summary>
internal sealed class EndingObserver : IProcessObserver
{
    private const int PruneEvery = 1_024;

    private readonly ConcurrentDictionary<ProcessId, WeakReference<Ending>> _endings = new();

    /// <summary>
    /// Those of starts without an answer yet: a start that is refused leaves nothing for the collector to look after.
    /// </summary>
    private readonly ConcurrentDictionary<ProcessId, Ending> _starting = new();
    private int _added;

    /// <inheritdoc/>
    public Task EndedAsync(ProcessOutcome outcome)
    {
        if (_starting.TryGetValue(outcome.Id, out var starting))
        {
            starting.Tell(outcome);
        }

        if (_endings.TryRemove(outcome.Id, out var reference) && reference.TryGetTarget(out var ending))
        {
            ending.Tell(outcome);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task MovedAsync(ProcessId id)
    {
        if (_starting.TryGetValue(id, out var starting))
        {
            starting.AskAgain();
        }

        if (_endings.TryGetValue(id, out var reference) && reference.TryGetTarget(out var ending))
        {
            ending.AskAgain();
        }

        return Task.CompletedTask;
    }

    /// <summary>Has everybody who waits ask again.</summary>
    public void AskAgain()
    {
        foreach (var starting in _starting.Values)
        {
            starting.AskAgain();
        }

        foreach (var reference in _endings.Values)
        {
            if (reference.TryGetTarget(out var ending))
            {
                ending.AskAgain();
            }
        }
    }

    /// <summary>Awaits the end of a process that is being started.</summary>
    /// <param name="id">The process.</param>
    /// <returns>Its end, shared by all who start it, until <see cref="Started"/>.</returns>
    public Ending Start(ProcessId id) => _starting.GetOrAdd(id, static _ => new Ending());

    /// <summary>Goes on awaiting the end of a process whose start is answered, or forgets it.</summary>
    /// <param name="id">The process.</param>
    /// <param name="ending">What <see cref="Start"/> returned.</param>
    /// <param name="isThere">Whether there is such a process.</param>
    /// <returns>Its end, shared by all who await it.</returns>
    public Ending Started(ProcessId id, Ending ending, bool isThere)
    {
        var kept = isThere && !ending.Task.IsCompleted ? Await(id, ending) : ending;
        _starting.TryRemove(new KeyValuePair<ProcessId, Ending>(id, ending));
        return kept;
    }

    /// <summary>Awaits the end of a process.</summary>
    /// <param name="id">The process.</param>
    /// <returns>Its end, shared by all who await it. Whoever drops it is forgotten.</returns>
    public Ending Await(ProcessId id) => Await(id, _starting.GetValueOrDefault(id));

    private Ending Await(ProcessId id, Ending? known)
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
            var reference = _endings.GetOrAdd(
                id,
                static (_, known) => new WeakReference<Ending>(known ?? new Ending()),
                known);
            if (reference.TryGetTarget(out var ending))
            {
                return ending;
            }

            _endings.TryRemove(new KeyValuePair<ProcessId, WeakReference<Ending>>(id, reference));
        }
    }
}
