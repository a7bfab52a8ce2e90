using System.Collections.Concurrent;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.ClientSdk;

/// <summary>
/// The one observer of a client: hands each end to those who await it. Forgets those that nobody holds any more.
/// </summary>
internal sealed class EndObserver : IProcessObserver
{
    private const int PruneEvery = 1_024;

    private readonly ConcurrentDictionary<ProcessId, WeakReference<AwaitedEnd>> _ends = new();

    /// <summary>
    /// Those of starts without an answer yet: a start that is refused leaves nothing for the collector to look after.
    /// </summary>
    private readonly ConcurrentDictionary<ProcessId, AwaitedEnd> _starting = new();
    private int _added;

    /// <inheritdoc/>
    public Task EndedAsync(ProcessOutcome outcome)
    {
        if (_starting.TryGetValue(outcome.Id, out var starting))
        {
            starting.Tell(outcome);
        }

        if (_ends.TryRemove(outcome.Id, out var reference) && reference.TryGetTarget(out var ending))
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

        if (_ends.TryGetValue(id, out var reference) && reference.TryGetTarget(out var ending))
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

        foreach (var reference in _ends.Values)
        {
            if (reference.TryGetTarget(out var ending))
            {
                ending.AskAgain();
            }
        }
    }

    /// <summary>Awaits the end of a process that is being started.</summary>
    /// <returns>Its end, shared by all who start it, until <see cref="Started"/>.</returns>
    public AwaitedEnd Start(ProcessId id) => _starting.GetOrAdd(id, static _ => new AwaitedEnd());

    /// <summary>Goes on awaiting the end of a process whose start is answered, or forgets it.</summary>
    /// <returns>Its end, shared by all who await it.</returns>
    public AwaitedEnd Started(ProcessId id, AwaitedEnd ending, bool isThere)
    {
        var kept = isThere && !ending.Task.IsCompleted ? EndOf(id, ending) : ending;
        _starting.TryRemove(new KeyValuePair<ProcessId, AwaitedEnd>(id, ending));
        return kept;
    }

    /// <summary>Awaits the end of a process.</summary>
    /// <returns>Its end, shared by all who await it. Whoever drops it is forgotten.</returns>
    public AwaitedEnd EndOf(ProcessId id) => EndOf(id, _starting.GetValueOrDefault(id));

    private AwaitedEnd EndOf(ProcessId id, AwaitedEnd? known)
    {
        if (Interlocked.Increment(ref _added) % PruneEvery == 0)
        {
            foreach (var entry in _ends.Where(static entry => !entry.Value.TryGetTarget(out _)))
            {
                _ends.TryRemove(entry);
            }
        }

        while (true)
        {
            var reference = _ends.GetOrAdd(
                id,
                static (_, known) => new WeakReference<AwaitedEnd>(known ?? new AwaitedEnd()),
                known);
            if (reference.TryGetTarget(out var ending))
            {
                return ending;
            }

            _ends.TryRemove(new KeyValuePair<ProcessId, WeakReference<AwaitedEnd>>(id, reference));
        }
    }
}
