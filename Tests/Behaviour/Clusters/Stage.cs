using System.Collections.Concurrent;

namespace Orleans.Workflows.Behaviour.Clusters;

/// <summary>
/// The barriers of processes under test, and what they note: both by process, so that tests run beside one another.
/// </summary>
public sealed class Stage
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _points = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ProcessId, ConcurrentQueue<string>> _notes = new();
    private readonly ConcurrentDictionary<ProcessId, Gauge> _gauges = new();

    /// <summary>Notes what a process did.</summary>
    /// <param name="id">The process.</param>
    /// <param name="note">What.</param>
    public void Note(ProcessId id, string note) => _notes.GetOrAdd(id, static _ => new()).Enqueue(note);

    /// <summary>What a process has noted.</summary>
    /// <param name="id">The process.</param>
    /// <returns>The notes, in order.</returns>
    public IReadOnlyList<string> NotesOf(ProcessId id) => [.. _notes.GetOrAdd(id, static _ => new())];

    /// <summary>The gauge of a tree.</summary>
    /// <param name="root">The root.</param>
    /// <returns>The gauge.</returns>
    public Gauge GaugeOf(ProcessId root) => _gauges.GetOrAdd(root, static _ => new Gauge());

    /// <summary>Says that a process has come to a point. Said by the process or by the test.</summary>
    /// <param name="id">The process.</param>
    /// <param name="point">The point.</param>
    public void Reach(ProcessId id, string point) => Of(id, point).TrySetResult();

    /// <summary>Waits until a point is reached.</summary>
    /// <param name="id">The process.</param>
    /// <param name="point">The point.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when it is.</returns>
    /// <exception cref="TimeoutException">It was not reached in time.</exception>
    public async Task ReachedAsync(ProcessId id, string point, CancellationToken cancellationToken = default)
    {
        try
        {
            await Of(id, point).Task.WaitAsync(Longest, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The process {id} has not come to '{point}' within {Longest}.");
        }
    }

    /// <summary>Whether a point is reached: for steps that must not await.</summary>
    /// <param name="id">The process.</param>
    /// <param name="point">The point.</param>
    /// <returns>Whether it is.</returns>
    public bool IsReached(ProcessId id, string point) => Of(id, point).Task.IsCompleted;

    private TaskCompletionSource Of(ProcessId id, string point) =>
        _points.GetOrAdd($"{id} {point}", static _ => new TaskCompletionSource(
            TaskCreationOptions.RunContinuationsAsynchronously));
}
